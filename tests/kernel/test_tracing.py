"""kernel/tracing.py: the tracer process, started and thrown away."""

import os
import signal

import pytest

from explorer.kernel.tracing import Starting, TracerProcess, paths, reaped
from explorer.trace.wire import frames, words_frame
from tests.loopback import until
from tests.tracing import state


def test_it_answers_and_ends_with_us() -> None:
    process = TracerProcess()
    assert os.getsid(process.pid) == process.pid
    process.send(words_frame(targets=[[4_000_000, 1]], capture={}))
    held = bytearray()
    while raw := process.read(10):
        held += raw
    assert raw is None
    assert list(frames(held)) == [{"refused": {"pid": 4_000_000, "tid": 4_000_000, "error": 3}}]
    assert process.ended(10)
    process.discard()
    process.discard()
    process.send(b"nobody hears that")
    assert not os.path.exists(f"/proc/{process.pid}")


def test_it_ends_when_nobody_speaks_to_it_any_more() -> None:
    process = TracerProcess()
    os.close(process._orders)
    assert process.read(10) is None
    until(lambda: state(process.pid) == "Z", "its end")
    process._orders = os.open(os.devnull, os.O_WRONLY)
    process.discard()


def test_ptrace_is_found_without_site() -> None:
    assert len(paths()) == 2


def test_a_program_waits_to_be_one() -> None:
    starting = Starting("/bin/sh", ["sh", "-c", "exit 7"], os.getpid())
    assert state(starting.pid) in {"S", "R"}
    starting.go()
    status = reaped(starting.pid, 10)
    assert status is not None
    assert os.waitstatus_to_exitcode(status) == 7
    assert reaped(starting.pid, 10) is None


def test_a_program_that_is_none() -> None:
    starting = Starting("/etc/passwd", ["passwd"], os.getpid())
    starting.go()
    assert reaped(starting.pid, 10) == 126 << 8


def test_one_that_never_was() -> None:
    starting = Starting("/bin/true", ["true"], os.getpid())
    starting.never()
    assert not os.path.exists(f"/proc/{starting.pid}")


@pytest.mark.parametrize("name", ["SIGPIPE", "SIGXFSZ"])
def test_a_program_has_the_signals_that_python_ignores(name: str) -> None:
    number = getattr(signal, name)
    starting = Starting("/bin/sh", ["sh", "-c", f"kill -{int(number)} $$"], os.getpid())
    starting.go()
    assert (reaped(starting.pid, 10) or 0) & 0x7F == number


def test_silence_is_no_end() -> None:
    process = TracerProcess()
    assert process.read(0.01) == b""
    assert not process.ended(0.01)
    process.kill()
    assert process.ended(10)
    process.discard()
