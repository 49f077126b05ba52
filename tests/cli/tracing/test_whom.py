"""cli/tracing/whom.py: the options that trace, summary and access share."""

import argparse

import pytest

from explorer.cli.tracing.whom import add, count, seconds


def test_each_command_has_them_in_its_own_words() -> None:
    parser = argparse.ArgumentParser("procdive summary")
    add(parser, "the table", "calls")
    said = parser.format_help()
    assert said.startswith("usage: procdive summary [OPTIONS] TARGET")
    assert "even what shows the table: its writes would be counted, too" in said.replace("\n" + " " * 24, " ")
    found = parser.parse_args(["-p", "812", "-p", "813", "--tree", "--seconds", "0.5", "--events", "7"])
    assert (found.pids, found.tree, found.follow, found.seconds, found.events, found.engine) == (["812", "813"], True, True, 0.5, 7, "auto")


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "x", ""])
def test_no_time(text: str) -> None:
    with pytest.raises(ValueError):
        seconds(text)


@pytest.mark.parametrize("text", ["-1", "1.5", "\u0663", "", "1" * 10])
def test_no_number(text: str) -> None:
    with pytest.raises(ValueError):
        count(text)
