"""An event on the screen's line."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.syscall.call import Style
from explorer.model.batch import Birth
from explorer.model.event import Exited, Lost, Notice, Signal, Started, Stopped, Superseded, TraceEvent, Unfinished, What
from explorer.model.trace import Syscall, Value
from explorer.render.piece import Role, plain
from explorer.render.trace_line import Ruler, event_line, took
from explorer.render.width import width
from explorer.trace.decoded import event_of
from explorer.trace.payload import call_of
from tests.traces import PALETTE

NOON = 1_764_080_527_112_987_654
"""14:22:07.112987 UTC."""


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


def event(what: What, took: int | None = 5_000) -> TraceEvent:
    return TraceEvent(NOON, 812, 812, what, took)


def call(name: str = "close", result: int = 0, error: str = "", argument: str = "13") -> Syscall:
    return Syscall(name, (("fd", Value(13, argument)),), Value(result, str(result)), error)


def text(what: What, ruler: Ruler, took: int | None = 5_000) -> str:
    return plain(event_line(event(what, took), ruler))


def test_wide_the_time_is_whole_and_what_it_took_stands_at_the_right() -> None:
    line = text(call(), Ruler(120))
    assert line.startswith("14:22:07.112987 close(13) = 0 ")
    assert line.endswith("   5 µs")
    assert width(line) == 120


def test_narrow_the_time_has_seconds_only() -> None:
    assert text(call(), Ruler(79)).startswith("07.112987 close(13) = 0")


def test_the_thread_stands_behind_the_time_where_there_are_several() -> None:
    assert text(call(), Ruler(79, tid=True)).startswith("07.112987     812 close(13) = 0")


def test_other_times() -> None:
    ruler = Ruler(79, "relative", NOON - 1_500_000_000)
    assert plain(event_line(event(call()), ruler)).startswith("+1.500000 close")
    assert plain(event_line(event(call()), Ruler(79, "last"), NOON - 12_000)).startswith("+0.000012 close")
    assert plain(event_line(event(call()), Ruler(79, "last"))).startswith("+0.000000 close")
    assert text(call(), Ruler(79, "relative", NOON - 86_400_000_000_000)).startswith("+86400.00 close")


def test_a_long_argument_is_cut_never_the_result_nor_the_time_taken() -> None:
    long = call(error="ENOENT", result=-1, argument='"' + "x" * 300 + '"')
    line = text(long, Ruler(79), took=18_200_000)
    assert width(line) == 79
    assert "…" in line
    assert " = -1 ENOENT " in line
    assert line.endswith("18.2 ms")


def test_slow_is_yellow_and_asleep_by_design_never_is() -> None:
    assert took("sendfile", 18_200_000).role is Role.MIND
    assert took("sendfile", 31_000).role is Role.TEXT
    assert took("epoll_wait", 8_400_000) == ("8.4 ms wait", Role.SECONDARY)
    assert took("futex", 1_000) == ("1 µs", Role.SECONDARY)
    assert took("close", None).text == ""


def test_in_flight_with_its_age() -> None:
    waiting = Unfinished(Syscall("read", (("fd", Value(0, "0", kind="fd", note="/dev/pts/1")),)))
    line = plain(event_line(event(waiting, None), Ruler(79), age=2_100_000_000))
    assert "read(0</dev/pts/1>) …" in line
    assert line.endswith("2.1 s")
    assert "exit(13) = ?" in text(Unfinished(call("exit"), ended=True), Ruler(79), None).replace(" = 0", "")


def test_what_is_no_call() -> None:
    ruler = Ruler(79)
    assert text(Lost(1204), ruler)[10:].startswith("── 1,204 events lost here: the buffer was full ───")
    assert text(Lost(1), ruler)[10:].startswith("── 1 event lost here")
    assert text(Signal(17, "SIGCHLD", Value(0, "{si_signo=SIGCHLD}")), ruler).endswith("--- SIGCHLD {si_signo=SIGCHLD} ---")
    assert text(Stopped(19, "SIGSTOP"), ruler).endswith("--- stopped by SIGSTOP ---")
    assert text(Started(813, Birth.THREAD), ruler).endswith("--- started thread 813 ---")
    assert text(Started(813, Birth.FORK), ruler).endswith("--- started process 813 ---")
    assert text(Exited(0), ruler).endswith("+++ exited with 0 +++")
    assert text(Exited(None, "SIGSEGV", core=True), ruler).endswith("+++ killed by SIGSEGV (core dumped) +++")
    assert text(Superseded(9), ruler).endswith("+++ superseded by execve in pid 9 +++")
    assert text(Notice("a child \x1b[31mof\u202e ours"), ruler).endswith("--- a child \\e[31mof\\u202e ours ---")


@given(st.integers(0, len(PALETTE) - 1), st.integers(30, 200), st.booleans())
def test_no_event_is_wider_than_the_line(row: int, columns: int, tid: bool) -> None:
    found = event_of(PALETTE, row, NOON, call_of, Style())
    line = event_line(found, Ruler(columns, tid=tid), None)
    assert width(plain(line)) <= max(columns, 60)
    assert plain(line).isprintable()
