"""collect/limits.py"""

import os
import subprocess

import pytest

from explorer.collect.limits import limits, tasks_of
from explorer.model.limits import Used
from explorer.model.missing import Missing, Reason
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.processes import HELD, Processes
from tests.resolve.test_place import STAT

MANY = "import os, resource, sys; resource.setrlimit(resource.RLIMIT_NOFILE, (100, 200)); fds = [os.dup(0) for _ in range(20)]; " + HELD


def of(system: System, pid: int) -> dict[str, Used]:
    found = limits(system, pid)
    assert not isinstance(found, Missing)
    return {used.limit.name: used for used in found}


def test_open_files(system: System, processes: Processes) -> None:
    pid = processes.python(MANY).pid
    found = of(system, pid)["Max open files"]
    assert (found.limit.soft, found.limit.hard) == (100, 200)
    assert found.used == len(os.listdir(f"/proc/{pid}/fd"))
    assert f"number {max(map(int, os.listdir(f'/proc/{pid}/fd')))}" in found.note


@pytest.mark.oracle("prlimit")
def test_as_prlimit_has_them(system: System, processes: Processes) -> None:
    pid = processes.python(MANY).pid
    out = subprocess.run(
        ["prlimit", "-p", str(pid), "--noheadings", "--raw", "-o", "RESOURCE,SOFT,HARD"], capture_output=True, text=True, check=True
    )
    theirs = {line.split()[0]: line.split()[1:] for line in out.stdout.splitlines()}
    ours = of(system, pid)
    names = {"NOFILE": "Max open files", "STACK": "Max stack size", "CORE": "Max core file size", "AS": "Max address space",
             "NPROC": "Max processes", "MEMLOCK": "Max locked memory", "CPU": "Max cpu time"}  # fmt: skip
    for short, name in names.items():
        bounds = ["unlimited" if bound is None else str(bound) for bound in (ours[name].limit.soft, ours[name].limit.hard)]
        assert bounds == theirs[short], name


def test_use_from_status(system: System) -> None:
    found = of(system, os.getpid())
    assert isinstance(found["Max address space"].used, int)
    assert found["Max address space"].used > 1 << 20
    assert isinstance(found["Max processes"].used, int)
    assert found["Max processes"].used >= 1
    uncounted = found["Max file size"].used
    assert isinstance(uncounted, Missing)
    assert uncounted.reason is Reason.UNSUPPORTED


def test_a_users_threads(fakeproc: FakeProc) -> None:
    fakeproc.file("1/status", "Name:\ta\nUid:\t7\t0\t0\t0\nThreads:\t3\n")
    fakeproc.file("2/status", "Name:\tb\nKthread:\t1\nUid:\t7\t7\t7\t7\nThreads:\t1\n")
    fakeproc.file("3/status", "Name:\tc\nUid:\t77\t7\t7\t7\nThreads:\t9\n")
    fakeproc.file("4/status", "Name:\td\nKthread:\t0\nUid:\t7\t7\t7\t7\nThreads:\t2\n")
    fakeproc.file("5/comm", "no status")
    assert tasks_of(fakeproc.system, 7) == 5


def test_gone_and_without_a_status(fakeproc: FakeProc) -> None:
    assert isinstance(limits(fakeproc.system, 9), Missing)
    fakeproc.file("12/stat", STAT.format(state="S", flags=0))
    fakeproc.file("12/limits", "Max stack size             8388608              unlimited            bytes\n")
    assert isinstance(of(fakeproc.system, 12)["Max stack size"].used, Missing)
