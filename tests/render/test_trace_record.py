"""Events as JSON."""

import dataclasses

import pytest

from explorer.model.batch import Birth
from explorer.model.event import Exited, Lost, Notice, Signal, Started, Stopped, Superseded, TraceEvent, Unfinished, What
from explorer.model.trace import Syscall, Value
from explorer.render.trace_record import trace_record

CALL = Syscall("close", (("fd", Value(9, "9", (), "fd", "/x")),), Value(-9, "-1", note="Bad file descriptor"), "EBADF")
IN_FLIGHT = dataclasses.replace(CALL, result=None, error="")


def made(what: What) -> dict[str, object]:
    return trace_record(TraceEvent(1_000, 813, 812, what, 5, 1))


def test_a_call() -> None:
    found = made(CALL)
    assert (found["event"], found["time"], found["pid"], found["tid"], found["took"], found["cpu"]) == ("call", 1_000, 812, 813, 5, 1)
    assert found["text"] == "close(9</x>) = -1 EBADF (Bad file descriptor)"
    assert (found["name"], found["error"]) == ("close", "EBADF")
    assert found["args"] == {"fd": {"raw": 9, "text": "9", "parts": [], "kind": "fd", "note": "/x"}}
    assert found["result"]["raw"] == -9  # type: ignore[index]


def test_calls_without_a_result() -> None:
    assert made(Unfinished(IN_FLIGHT))["event"] == "in flight"
    assert made(Unfinished(IN_FLIGHT, ended=True))["event"] == "never returned"
    assert made(Unfinished(IN_FLIGHT))["result"] is None


@pytest.mark.parametrize(
    ("what", "keys"),
    [
        (Signal(10, "SIGUSR1", Value(0, "{si_signo=SIGUSR1}")), {"event": "signal", "number": 10, "name": "SIGUSR1"}),
        (Stopped(19, "SIGSTOP"), {"event": "stopped", "name": "SIGSTOP"}),
        (Started(900, Birth.VFORK), {"event": "started", "tid": 813, "new": 900, "birth": "vfork"}),
        (Exited(None, "SIGSEGV", core=True), {"event": "exited", "status": None, "signal": "SIGSEGV", "core": True}),
        (Superseded(814), {"event": "superseded", "by": 814}),
        (Lost(20), {"event": "lost", "count": 20}),
        (Notice("a word"), {"event": "notice", "text": "a word"}),
    ],
)
def test_what_is_no_call(what: What, keys: dict[str, object]) -> None:
    assert made(what).items() >= keys.items()
