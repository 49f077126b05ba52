"""docs/coming-from-lsof.md: each flag of lsof, lsfd, ss and fuser has its line, and what stands there is so."""

import argparse
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from explorer.cli.descriptors.letters import IGNORED, PROCESSES, REFUSED, THINGS, VALUED
from explorer.cli.main import parser_of
from explorer.query.who import question

PAGE = (Path(__file__).parent.parent / "docs/coming-from-lsof.md").read_text()
OF_NO_LISTING = {"-h", "--help", "-V", "--version", "-?"}
DEBUGGING = {"--debug-filter", "--tipcinfo", "--tipc", "--xdp", "-d", "--dccp", "-A", "--query", "--socket", "--inet-sockopt", "--cgroup"}
"""Of lsfd and ss, for those who write them, or of what hardly anybody has."""


def section(title: str) -> str:
    """What stands between backquotes in a section's tables."""
    part = PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return " ".join(
        word.replace(",", " ")
        for word in re.findall(r"`([^`]+)`", "\n".join(line.split("|")[1] for line in part.splitlines() if "|" in line))
    )


def test_each_option_that_we_take_or_refuse_stands_under_lsof() -> None:
    words = section("lsof").split()
    letters = {option[:2] for option in (*(letter.option for letter in (*PROCESSES, *THINGS)), *IGNORED, *VALUED, *REFUSED)} - {"--"}
    missing = {letter for letter in letters if not any(word.startswith((letter, "-" + letter[1:])) for word in words)}
    assert missing == set()


@pytest.mark.oracle("lsof")
def test_each_letter_of_lsofs_own_help_stands_there_and_is_known_to_us() -> None:
    said = subprocess.run(["lsof", "-h"], capture_output=True, text=True)
    letters = set(re.findall(r"(?:^|\s)([-+][A-Za-z])(?=\s|\|)", said.stdout + said.stderr)) - OF_NO_LISTING - {"+m", "-m"}
    assert len(letters) > 20
    words = section("lsof").split()
    known = set(parser_of("fds", "")._option_string_actions)
    assert {letter for letter in letters if not any(word[1:].startswith(letter[1:]) for word in words)} == set()
    assert {letter for letter in letters if letter not in known and "-" + letter[1:] not in known} == set()


@pytest.mark.oracle("lsfd", "ss")
@pytest.mark.parametrize("tool", ["lsfd", "ss"])
def test_each_flag_of_the_other_tools_stands_there(tool: str) -> None:
    said = subprocess.run([tool, "--help"], capture_output=True, text=True).stdout
    flags = set(re.findall(r"^ +(-\w)(?:,|\b)", said, re.MULTILINE)) | set(
        re.findall(r"^ +(?:-\w, +)?(--[a-z][a-z0-9-]+)", said, re.MULTILINE)
    )
    assert len(flags) > 10
    words = section(tool).split()
    gone = {flag for flag in flags - OF_NO_LISTING - DEBUGGING if not any(word == flag or word.startswith(f"{flag}=") for word in words)}
    assert gone == set()


def test_the_examples_are_understood() -> None:
    commands = re.findall(r"procdive fds [^`\n)]+", PAGE)
    assert len(commands) > 10
    parser = parser_of("fds", "")
    for command in commands:
        assert isinstance(parser.parse_intermixed_args(shlex.split(command)[2:]), argparse.Namespace), command


def test_the_examples_of_who_are_understood() -> None:
    commands = re.findall(r"procdive who ([^`\n)]+)", PAGE)
    assert len(commands) > 4
    parser = parser_of("who", "")
    for command in commands:
        assert all(question(thing) for thing in parser.parse_intermixed_args(shlex.split(command)).things), command


@pytest.mark.oracle("fuser")
def test_each_flag_of_fuser_stands_there() -> None:
    said = subprocess.run(["fuser"], capture_output=True, text=True).stderr
    flags = set(re.findall(r"^ +(-\w)(?:,|\b)", said, re.MULTILINE)) - OF_NO_LISTING
    assert len(flags) > 8
    assert flags - set(section("fuser").split()) == set()
