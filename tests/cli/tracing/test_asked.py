"""What is asked of a summary."""

import argparse

import pytest

from explorer.cli import summary, trace
from explorer.cli.tracing.asked import COLUMNS, KEYS, SORTS, Asked, asked_of
from explorer.model import summary as model
from explorer.query.trace import Wrong
from explorer.render import summary as render


def asked(*words: str, command: object = summary) -> Asked | Wrong:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    command.arguments(parser)  # type: ignore[attr-defined]
    return asked_of(parser.parse_intermixed_args(list(words)))


def test_nothing() -> None:
    assert asked("1") == Asked()
    assert asked("-c", "1", command=trace) == Asked()


def test_words_are_those_that_there_are() -> None:
    assert set(SORTS) == set(model.SORTS)
    assert set(KEYS) == set(render.COLUMNS)
    assert len(KEYS) == len(COLUMNS)
    for word in SORTS:
        assert asked("-S", word, "1") == Asked(sort=word)


@pytest.mark.parametrize(
    ("word", "key"),
    [("time-percent", "time"), ("total-time", "time"), ("time-total", "time"), ("min-time", "min"), ("shortest", "min"),
     ("time-min", "min"), ("max-time", "max"), ("longest", "max"), ("time-max", "max"), ("avg-time", "mean"), ("time-avg", "mean"),
     ("count", "calls"), ("error", "errors"), ("syscall", "name"), ("syscall-name", "name"), ("none", "nothing")],
)  # fmt: skip
def test_straces_words_of_sorting(word: str, key: str) -> None:
    assert asked("-S", word, "1") == asked("--summary-sort-by", word, "1") == Asked(sort=key)


def test_straces_words_of_columns() -> None:
    found = asked("-U", "name,time-percent,total-time,avg-time,count,error,shortest,longest,time", "1")
    assert found == Asked(columns=("name", "time", "seconds", "mean", "calls", "errors", "min", "max"))
    assert asked("-U", "wait,p99", "1", command=trace) == Asked(columns=("awake", "p99"))


def test_rows_and_histograms() -> None:
    assert asked("--by", "process,call", "--histogram", "futex", "--histogram", "read", "1") == Asked(
        "process call", histograms=("futex", "read")
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-S", "size"), "-S size: a summary is sorted by time, calls"),
        (("-U", "calls,size"), "-U size: there are time, seconds"),
        (("-U", "nothing"), "-U nothing: there are "),
        (("--histogram", "opnat"), "--histogram opnat: no such system call; near: open"),
    ],
)
def test_what_there_is_not(words: tuple[str, ...], said: str) -> None:
    found = asked(*words, "1")
    assert isinstance(found, Wrong)
    assert found.message.startswith(said)
