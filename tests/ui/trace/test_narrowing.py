"""Filters that keys make are filters, and mean what the key says."""

import pytest

from explorer.query.trace import TraceFilter
from explorer.trace.filters import parse
from explorer.ui.trace import narrowing


def wish(text: str) -> TraceFilter:
    found = parse(text)
    assert isinstance(found, TraceFilter), found
    return found


def test_calls() -> None:
    assert narrowing.hide_call("", "futex") == "!futex"
    assert narrowing.hide_call("!futex", "read") == "!futex !read"
    only = wish(narrowing.only_call("openat read !futex", "close"))
    assert [choice.items for choice in only.calls] == [frozenset({"close"})]


def test_processes_add_up() -> None:
    text = narrowing.without_process(narrowing.without_process("failed", 812), 813)
    assert text == "failed pid=!812,813"
    assert wish(text).pids == wish("pid=!812,813").pids
    assert narrowing.only_process("pid=!812 failed", 813) == "failed pid=813"


def test_descriptors() -> None:
    assert narrowing.only_descriptor("fd=3 failed", 7, None) == "failed fd=7"
    assert narrowing.only_descriptor("", 7, 812) == "fd=7 pid=812"


def test_failed_is_a_switch() -> None:
    assert narrowing.failed("read") == "read failed"
    assert narrowing.failed("read failed") == "read"


@pytest.mark.parametrize("text", ["", "  read   !futex ", 'text="two words" fd=3', "pid=5 pid=!7 fd=!3"])
def test_whatever_was_typed_stays_a_filter(text: str) -> None:
    for made in (
        narrowing.hide_call(text, "close"), narrowing.only_call(text, "close"), narrowing.without_process(text, 3),
        narrowing.only_process(text, 3), narrowing.only_descriptor(text, 3, 4), narrowing.failed(text),
    ):  # fmt: skip
        assert not wish(made).everything or not made
