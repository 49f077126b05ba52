"""resolve/place.py"""

import os
from pathlib import Path

import pytest

from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.resolve.place import Place, nothing_there, place
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.loopback import until
from tests.processes import Processes
from tests.resolve.test_executable import LEADERLESS

STAT = "12 (a b) {state} 1 12 12 0 -1 {flags} " + " ".join(["0"] * 12) + " 777 " + " ".join(["0"] * 30) + "\n"


def test_of_ourselves(system: System) -> None:
    at = place(system, os.getpid())
    assert isinstance(at, Place)
    assert (at.id.pid, at.path) == (os.getpid(), str(os.getpid()))
    assert not at.kernel_thread
    assert not at.zombie
    assert place(system, at.id) == at or isinstance(place(system, at.id), Place)


def test_gone_and_used_again(fakeproc: FakeProc) -> None:
    fakeproc.file("12/stat", STAT.format(state="S", flags=0))
    system = fakeproc.system
    gone = place(system, 13)
    assert isinstance(gone, Missing)
    assert gone.reason is Reason.GONE
    assert "no process 13" in gone.detail
    again = place(system, ProcessId(12, 5))
    assert isinstance(again, Missing)
    assert again.reason is Reason.GONE
    assert "12 is another process now (a b)" in again.detail
    assert isinstance(place(system, ProcessId(12, 777)), Place)


def test_kernel_threads_and_zombies(fakeproc: FakeProc) -> None:
    fakeproc.file("12/stat", STAT.format(state="Z", flags=0))
    fakeproc.file("12/task/12/stat", STAT.format(state="Z", flags=0))
    zombie = place(fakeproc.system, 12)
    assert isinstance(zombie, Place)
    assert zombie.zombie
    why = nothing_there(zombie, "executable")
    assert why.reason is Reason.GONE
    assert "1" in why.cure
    fakeproc.file("12/stat", STAT.format(state="S", flags=0x200000))
    thread = place(fakeproc.system, 12)
    assert isinstance(thread, Place)
    assert thread.kernel_thread
    assert "kernel thread" in nothing_there(thread, "executable").detail


def test_a_leader_that_has_ended(system: System, processes: Processes) -> None:
    pid = processes.python(LEADERLESS).pid
    until(lambda: b") Z" in Path(f"/proc/{pid}/stat").read_bytes(), "the leader to end")
    at = place(system, pid)
    assert isinstance(at, Place)
    assert at.path.startswith(f"{pid}/task/")
    assert not at.zombie


def test_nonsense_in_stat(fakeproc: FakeProc) -> None:
    fakeproc.file("12/stat", "what")
    assert isinstance(place(fakeproc.system, 12), Missing)


def test_an_exit_code_that_may_not_be_seen_is_not_zero(fakeproc: FakeProc, monkeypatch: pytest.MonkeyPatch) -> None:
    fakeproc.file("12/stat", STAT.format(state="Z", flags=0))
    fakeproc.file("12/task/12/stat", STAT.format(state="Z", flags=0))
    at = place(fakeproc.system, 12)
    assert isinstance(at, Place)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert at.exit_code == 0
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert at.exit_code is None
