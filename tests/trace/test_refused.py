"""What cannot be traced is refused, in words, and left as it was; and what an ordinary user can."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explorer.kernel.tracing import TracerProcess
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.trace.ptrace import PtraceTracer
from explorer.trace.tracer import ALL, Refused
from explorer.trace.wire import capture_words, frames, words_frame
from tests.loopback import until
from tests.ordinary import as_user, python
from tests.processes import Processes
from tests.tracing import Traced, identity, runs_free, state, tracer_of

TRACEME = "import ctypes, os, signal\nctypes.CDLL(None).ptrace(0, 0, 0, 0)\nprint(flush=True)\nos.kill(os.getpid(), signal.SIGSTOP)"


def why_not(*targets: ProcessId) -> Missing:
    """Why they are refused."""
    with pytest.raises(Refused) as refused:
        PtraceTracer().attach(targets, ALL)
    return refused.value.missing


def asked(*targets: ProcessId) -> dict[str, object]:
    """What the tracer process says of targets that nobody has looked at before."""
    process = TracerProcess()
    try:
        process.send(words_frame(targets=[[target.pid, target.start] for target in targets], capture=capture_words(ALL)))
        held = bytearray()
        while raw := process.read(20):
            held += raw
        [words] = [frame for frame in frames(held) if isinstance(frame, dict)]
        return words
    finally:
        process.discard()


@contextmanager
def traced_by(*tracer: str) -> Iterator[tuple[int, int]]:
    """A sleeping program, and a program that traces it."""
    with Processes() as processes:
        child = processes.start("sleep", "60")
        by = processes.start(*tracer, "-p", str(child.pid), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: tracer_of(child.pid), f"{tracer[0]} to attach")
        yield child.pid, by.pid


@pytest.mark.oracle("strace")
def test_traced_by_strace() -> None:
    with traced_by("strace", "-o", "/dev/null") as (pid, tracer):
        why = why_not(identity(pid))
        assert why.detail == f"{pid} sleep is traced by {tracer} strace"
        assert asked(identity(pid))["refused"] == {"pid": pid, "tid": pid, "error": 1}
        assert tracer_of(pid) == tracer


def test_traced_by_its_parent(processes: Processes) -> None:
    child = processes.python(TRACEME)
    until(lambda: state(child.pid) == "t", "it to be traced")
    us = Path("/proc/self/comm").read_text().strip()
    assert f"{child.pid} python" in why_not(identity(child.pid)).detail
    assert why_not(identity(child.pid)).detail.endswith(f" is traced by {os.getpid()} {us}")


def test_case_45_what_works_for_us(processes: Processes) -> None:
    child = processes.start("sleep", "60")
    assert "procdive itself" in why_not(identity(os.getpid())).detail
    with Traced([child.pid]) as traced:
        why = why_not(identity(traced.helper))
        assert "procdive itself" in why.detail
        assert tracer_of(traced.helper) == 0
        assert tracer_of(child.pid) == traced.helper


def test_what_nobody_can_trace(processes: Processes) -> None:
    """Refused before anybody tries, and refused by the tracer where nobody has looked."""
    ended = processes.start("true")
    until(lambda: state(ended.pid) == "Z", "its end")
    sleep = processes.start("sleep", "60")
    another = ProcessId(sleep.pid, identity(sleep.pid).start - 1)
    cases = [(identity(ended.pid), Reason.GONE, 1), (another, Reason.GONE, -1), (ProcessId(4_000_000, 1), Reason.GONE, 3)]
    if os.path.exists("/proc/2/stat"):
        cases.append((identity(2), Reason.UNSUPPORTED, 1))
    for target, reason, error in cases:
        assert why_not(target).reason is reason
        # The first of the two has been seized when the second fails.
        assert asked(identity(sleep.pid), target)["refused"] == {"pid": target.pid, "tid": target.pid, "error": error}
        assert runs_free(sleep.pid)


USER = """
import sys
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.trace.ptrace import PtraceTracer
from explorer.trace.tracer import ALL, Refused
from tests.tracing import Traced, identity, runs_free, tracer_of
pid = int(sys.argv[1])
try:
    with Traced([pid]) as traced:
        traced.until(lambda: len(traced.calls("read")) > 20, "reads")
        print(tracer_of(pid) == traced.helper, end=" ")
    print(runs_free(pid), traced.tracer.why)
except Refused as refused:
    print(refused.missing.reason.name, refused.missing.detail, refused.missing.cure, sep="|")
"""


def as_ordinary(pid: int) -> str:
    """What becomes of it when an ordinary user traces that process."""
    done = subprocess.run([*python(), "-c", USER, str(pid)], capture_output=True, text=True, timeout=60, **as_user())  # type: ignore[call-overload]
    assert done.stderr == ""
    return str(done.stdout.strip())


def test_an_ordinary_user_and_its_own(processes: Processes) -> None:
    child = processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1", **as_user())
    assert as_ordinary(child.pid) == "True True detached"
    assert runs_free(child.pid)


def test_an_ordinary_user_and_what_it_may_not(processes: Processes) -> None:
    reason, detail, cure = as_ordinary(1).split("|")
    assert reason == "DENIED"
    assert detail.endswith("belongs to another user")
    assert "root" in cure
    closed = processes.start(
        *python(), "-c", "import ctypes; ctypes.CDLL(None).prctl(4, 0); print(flush=True); input()",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, **as_user(),
    )  # fmt: skip
    assert closed.stdout is not None
    closed.stdout.readline()
    reason, detail, cure = as_ordinary(closed.pid).split("|")
    assert reason == "DENIED"
    assert "closed to its own user" in detail
    assert cure == "run as root"
