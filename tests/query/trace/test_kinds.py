"""query/trace/kinds.py: lists, names, numbers, times."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.query.trace import Choice, Wrong
from explorer.query.trace.kinds import calls, duration, errors, listed, numbers, signals
from explorer.trace.filters import words


@pytest.mark.parametrize(
    ("value", "items", "denied"),
    [
        ("a,b", ["a", "b"], False),
        ("!a", ["a"], True),
        ("!!a", ["a"], False),
        ("none", [], False),
        ("all", [], True),
        ("!all", [], False),
        ("!none", [], True),
    ],
)
def test_lists_as_strace_has_them(value: str, items: list[str], denied: bool) -> None:
    assert listed(value) == (items, denied)


@pytest.mark.parametrize(
    ("value", "took"),
    [("1ms", 1_000_000), ("2.5us", 2_500), ("3µs", 3_000), ("7ns", 7), ("1s", 10**9), ("1M", 60 * 10**9), ("0.5S", 5 * 10**8)],
)
def test_times(value: str, took: int) -> None:
    assert duration("slower", value) == took


@pytest.mark.parametrize("value", ["", "1", "ms", "-1ms", "1e3s", "1 ms", "٣ms"])
def test_no_times(value: str) -> None:
    assert isinstance(duration("slower", value), Wrong)


def test_names_of_signals_and_errors() -> None:
    assert signals("signal", "SIGINT,term,64", words()) == Choice(frozenset({2, 15, 64}))
    assert errors("errno", "!enoent,13", words()) == Choice(frozenset({2, 13}), but=True)
    assert isinstance(errors("errno", "ENONSENSE", words()), Wrong)


def test_calls_by_number_class_and_architecture() -> None:
    assert calls("42@64", words()) == Choice(frozenset({"connect@x86_64"}))
    assert calls("open@32", words()) == Choice(frozenset({"open@i386"}))
    assert calls("%net", words()) == calls("network", words())
    assert isinstance(calls("open@vax", words()), Wrong)
    assert calls("?open@32,?nosuch", words()) == Choice(frozenset({"open@i386"}))
    assert isinstance(calls("99999", words()), Wrong)


@given(st.text())
def test_never_raises(value: str) -> None:
    calls(value, words())
    numbers("fd", value)
    signals("signal", value, words())
    errors("errno", value, words())
    duration("slower", value)
