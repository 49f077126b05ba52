"""query/trace/filter.py: what an engine need not take."""

import pytest

from explorer.query.trace import Choice, TraceFilter
from explorer.trace.filters import parse
from explorer.trace.tracer import Capture


def made(line: str) -> TraceFilter:
    found = parse(line)
    assert isinstance(found, TraceFilter), found
    return found


@pytest.mark.parametrize(
    ("line", "capture"),
    [
        ("", Capture()),
        ("openat,read", Capture(calls=frozenset({"openat", "read"}))),
        ("failed", Capture(succeeded=False)),
        ("!failed", Capture()),
        ("status=failed", Capture(succeeded=False)),
        ("status=successful", Capture(failed=False)),
        ("status=unfinished", Capture(failed=False, succeeded=False)),
        ("errno=ENOENT", Capture(succeeded=False)),
        ("errno=!ENOENT", Capture()),
        ("slower=1ms tid=7", Capture(slower=1_000_000, tids=frozenset({7}))),
        ("pid=7", Capture(tids=frozenset({7}))),
        ("tid=!7", Capture()),
        ("fd=3,4", Capture(fds=frozenset({3, 4}))),
        ("fd=!3", Capture()),
        ("fd=3 -P /etc", Capture()),
        ("index.html path=/etc", Capture()),
    ],
)
def test_what_an_engine_may_leave_out(line: str, capture: Capture) -> None:
    assert Capture(**made(line).capture()) == capture


def test_calls_that_stand_for_several_are_taken_too() -> None:
    assert made("accept").captured == frozenset({"accept", "socketcall"})
    assert made("semop,close").captured == frozenset({"semop", "ipc", "close"})
    denied = made("!futex").captured
    assert denied is not None
    assert "futex" not in denied
    assert {"read", "socketcall", "syscall_0x3e7"} <= denied


def test_an_empty_one_wants_everything() -> None:
    assert TraceFilter().everything
    assert not TraceFilter(tids=Choice(frozenset({1}))).everything
    assert (made("failed").calls_only, made("status=failed").calls_only) == (True, False)
