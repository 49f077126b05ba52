"""cli/descriptors/letters.py"""

import argparse

import pytest

from explorer.cli.descriptors import letters
from explorer.cli.main import parser_of
from tests.commands import run


def parsed(*words: str) -> argparse.Namespace:
    return parser_of("fds", "").parse_intermixed_args(words)


def test_letters_stand_together_and_beside_their_values_as_for_lsof() -> None:
    found = parsed("-nPi4", "+aL1", "-u^root", "-p812,813", "+D", "/var", "+d/etc", "-c", "/ng/i", "/home")
    assert (found.inet, found.together, found.links, found.users, found.pids) == (["4"], True, ["1"], ["^root"], ["812,813"])
    assert (found.trees, found.folders, found.names, found.targets) == (["/var"], ["/etc"], ["/ng/i"], ["/home"])


def test_values_that_may_be_missing() -> None:
    found = parsed("-i", "-a", "-s", "-x", "-r")
    assert (found.inet, found.states, found.across, found.repeat) == ([""], [""], [""], ("-", ""))
    assert parsed("+r", "2").repeat == ("+", "2")
    assert parsed("-r2c3").repeat == ("-", "2c3")
    assert parsed().repeat is None


def test_what_means_nothing_here_is_taken() -> None:
    for option in letters.IGNORED:
        assert parsed(option, "812").targets == ["812"]
    for option in letters.VALUED:
        assert parsed("812", option, "3").targets == ["812"]


@pytest.mark.parametrize("option", letters.REFUSED)
def test_what_is_refused_says_what_does_it_instead(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("fds", option).status == 2
    said = capsys.readouterr().err
    assert said == f"procdive: fds {option} {letters.REFUSED[option]}\n"


def test_no_letter_has_two_meanings() -> None:
    selecting = [letter.option for letter in (*letters.PROCESSES, *letters.THINGS)]
    every = [*selecting, *letters.IGNORED, *letters.VALUED, *letters.REFUSED, "-a", "+a", "-t", "-Q", "-r", "+r"]
    assert len(every) == len(set(every))


def test_help_has_each_letter_that_selects() -> None:
    said = parser_of("fds", "").format_help()
    for letter in (*letters.PROCESSES, *letters.THINGS):
        assert f"\n  {letter.option} {letter.metavar}".rstrip() in said
