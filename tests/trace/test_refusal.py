"""trace/refusal.py: why a process cannot be traced."""

import os
import signal
import subprocess
from dataclasses import replace

import pytest

from explorer.kernel.procfs import Procfs
from explorer.model.missing import Reason
from explorer.model.process import ProcessId
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


@pytest.mark.parametrize(
    ("user", "level", "words", "cure"),
    [
        (1000, "0", "", ""),
        (1000, "1", "ptrace_scope is 1: only what they started themselves may be traced", "kernel.yama.ptrace_scope=0"),
        (1000, "2", "ptrace_scope is 2: only root may trace", "kernel.yama.ptrace_scope=0"),
        (1000, "3", "ptrace_scope is 3: nobody may trace until the machine starts again", "cannot be taken back"),
        (1000, "7", "", ""),
        (1000, None, "", ""),
        (0, "1", "", ""),
        (0, "2", "", ""),
        (0, "3", "ptrace_scope is 3: nobody may trace until the machine starts again", "cannot be taken back"),
    ],
)
def test_the_words_of_yama(
    fakeproc: FakeProc, monkeypatch: pytest.MonkeyPatch, user: int, level: str | None, words: str, cure: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(os, "getuid", lambda: user)
    monkeypatch.setattr(Procfs, "owner", lambda *_: user)
    fakeproc.file("812/task/812/comm", "nginx\n")
    fakeproc.file("812/stat", "812 (nginx) S 1 812 812 0 -1 4194560 " + "0 " * 12 + "5000 " + "0 " * 30)
    fakeproc.file("812/status", f"Name:\tnginx\nTracerPid:\t0\nUid:\t{user}\t{user}\t{user}\t{user}\n")
    if level is not None:
        fakeproc.file("sys/kernel/yama/ptrace_scope", f"{level}\n")
    why = refusal(Procfs(str(fakeproc.root)), ProcessId(812, 5000))
    if not words:
        assert why is None
        return
    assert why is not None
    assert why.reason is Reason.DENIED
    assert why.detail == f"812 nginx: kernel.yama.{words}"
    assert cure in why.cure
