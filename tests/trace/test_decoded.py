"""trace/decoded.py: rows become events."""

import signal
import struct

from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.syscall.call import Style
from explorer.model.batch import UNFINISHED_END, Batch, Birth, Kind
from explorer.model.event import Exited, Lost, Notice, Signal, Started, Stopped, Superseded, TraceEvent, Unfinished
from explorer.model.trace import Syscall
from explorer.render.strace import strace_text
from explorer.trace.decoded import event_of
from explorer.trace.payload import call_of, pack

WRITE = pack((1, 0x1000, 5, 0, 0, 0), [(1, False, b"/dev/null")], [(0x1000, False, b"hello")])


def only(kind: int, number: int = 0, result: int = 0, payload: bytes = b"", took: int = -1) -> TraceEvent:
    batch = Batch()
    batch.add(kind, 8, 7, 1_000, number, result, took, payload)
    return event_of(batch, 0, 5_000, call_of)


def test_a_call() -> None:
    event = only(Kind.CALL, 1, 5, WRITE, 42)
    assert (event.time, event.tid, event.pid, event.took, event.cpu) == (6_000, 8, 7, 42, None)
    assert isinstance(event.what, Syscall)
    assert strace_text(event.what) == 'write(1</dev/null>, "hello", 5) = 5'


def test_calls_without_an_end() -> None:
    pending = only(Kind.PENDING, 1, 0, WRITE).what
    assert isinstance(pending, Unfinished)
    assert strace_text(pending.call) == 'write(1</dev/null>, "hello", 5 <unfinished ...>'
    assert not pending.ended
    gone = only(Kind.CALL, 231, UNFINISHED_END, pack((3, 0, 0, 0, 0, 0), [], [])).what
    assert isinstance(gone, Unfinished)
    assert gone.ended
    assert gone.call.name == "exit_group"


def test_signals() -> None:
    info = struct.pack("<iiixxxxii", signal.SIGUSR1, 0, 0, 77, 1000).ljust(128, b"\0")
    event = only(Kind.SIGNAL, signal.SIGUSR1, payload=info).what
    assert isinstance(event, Signal)
    assert event.name == "SIGUSR1"
    assert event.info.text == "{si_signo=SIGUSR1, si_code=SI_USER, si_pid=77, si_uid=1000}"
    assert only(Kind.STOPPED, signal.SIGSTOP).what == Stopped(19, "SIGSTOP")
    short = only(Kind.SIGNAL, signal.SIGUSR1, payload=b"x").what
    assert isinstance(short, Signal)
    assert short.info.text.startswith("{si_signo=SIGUSR1")


def test_births_and_ends() -> None:
    assert only(Kind.STARTED, Birth.VFORK, 99).what == Started(99, Birth.VFORK)
    assert only(Kind.STARTED, 77, 99).what == Started(99, Birth.CLONE)
    assert only(Kind.EXITED, result=3 << 8).what == Exited(3)
    assert only(Kind.EXITED, result=11 | 0x80).what == Exited(None, "SIGSEGV", core=True)
    assert only(Kind.SUPERSEDED, result=9).what == Superseded(9)
    assert only(Kind.LOST, result=12).what == Lost(12)
    assert only(Kind.NOTICE, payload="könnte\nnicht".encode() + b"\xff").what == Notice("könnte\nnicht\ufffd")


@given(st.integers(0, 255), st.integers(-(1 << 31), (1 << 31) - 1), st.integers(-(1 << 63), (1 << 63) - 1), st.binary(max_size=200))
def test_any_row_is_some_event(kind: int, number: int, result: int, payload: bytes) -> None:
    assert only(kind, number, result, payload).what is not None


def test_a_buffer_that_was_cut_when_it_was_taken_is_no_fault() -> None:
    batch = Batch()
    batch.add(Kind.CALL, 8, 7, 1, 1, 100, 1, pack((1, 0x1000, 100, 0, 0, 0), [], [(0x1000, False, b"hello")], 5))
    lines = {strace_text(event_of(batch, 0, 0, call_of, Style(string)).what) for string in (5, 32, 4096)}  # type: ignore[arg-type]
    assert lines == {'write(1, "hello"..., 100) = 100'}
    assert strace_text(event_of(batch, 0, 0, call_of, Style(2)).what) == 'write(1, "he"..., 100) = 100'  # type: ignore[arg-type]
