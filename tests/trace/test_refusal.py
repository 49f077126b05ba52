"""trace/refusal.py: why a process cannot be traced."""

import os
import signal
import subprocess
from dataclasses import replace

import pytest

from explorer.kernel.procfs import Procfs
from explorer.model.missing import Reason
from explorer.trace.refusal import failed, refusal
from tests.fakeproc import FakeProc
from tests.loopback import until
from tests.processes import Processes
from tests.tracing import identity, state, tracer_of

PROC = Procfs()


def test_none_for_one_of_ours(processes: Processes) -> None:
    assert refusal(PROC, identity(processes.start("sleep", "60").pid)) is None


def test_gone_and_another_of_the_same_pid(processes: Processes) -> None:
    there = identity(processes.start("sleep", "60").pid)
    for target in (replace(there, pid=4_000_000), replace(there, start=there.start - 1)):
        why = refusal(PROC, target)
        assert why is not None
        assert why.reason is Reason.GONE


def test_ended_but_not_taken_notice_of(processes: Processes) -> None:
    child = processes.start("true")
    until(lambda: state(child.pid) == "Z", "its end")
    why = refusal(PROC, identity(child.pid))
    assert why is not None
    assert "has ended" in why.detail


def test_ourselves() -> None:
    why = refusal(PROC, identity(os.getpid()))
    assert why is not None
    assert "procdive itself" in why.detail


def test_a_kernel_thread() -> None:
    if not os.path.exists("/proc/2/stat"):
        pytest.skip("no kernel threads to be seen here")
    why = refusal(PROC, identity(2))
    assert why is not None
    assert "makes no system calls" in why.detail


@pytest.mark.oracle("gdb")
def test_traced_by_somebody_else_who_is_named(processes: Processes) -> None:
    child = processes.start("sleep", "60")
    gdb = processes.start(
        "gdb", "-q", "-nx", "-p", str(child.pid), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until(lambda: tracer_of(child.pid), "gdb")
    why = refusal(PROC, identity(child.pid))
    assert why is not None
    assert why.detail == f"{child.pid} sleep is traced by {gdb.pid} gdb"
    gdb.send_signal(signal.SIGKILL)


def test_what_yama_forbids(fakeproc: FakeProc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "getuid", lambda: os.stat("/proc/self").st_uid)
    child = subprocess.Popen(["sleep", "60"])
    try:
        why = failed(PROC, identity(child.pid), 1)
        assert why.reason is Reason.DENIED
        assert failed(PROC, identity(child.pid), -1).reason is Reason.GONE
    finally:
        child.kill()
        child.wait()
