"""collect/overview.py"""

import os
import subprocess
from collections.abc import Iterator

import psutil
import pytest

from explorer.collect.overview import overview
from explorer.model.argv import Argv
from explorer.model.executable import Executable
from explorer.model.missing import Missing, Reason
from explorer.model.overview import Overview
from explorer.model.process import ProcessId
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.nginx import Nginx
from tests.processes import HELD, Processes


def of(system: System, pid: int) -> Overview:
    found = overview(system, pid)
    assert isinstance(found, Overview)
    return found


@pytest.fixture(scope="module")
def nginx() -> Iterator[Nginx]:
    with Nginx() as found:
        yield found


def test_as_psutil_has_it(system: System, processes: Processes) -> None:
    pid = processes.python("import sys; " + HELD, cwd="/").pid
    found, theirs = of(system, pid), psutil.Process(pid)
    assert isinstance(found.argv, Argv)
    assert list(found.argv.args) == theirs.cmdline()
    assert isinstance(found.executable, Executable)
    assert found.executable.path == theirs.exe()
    assert found.cwd == theirs.cwd()
    assert found.origin.parents[0].pid == theirs.ppid()
    assert abs(found.started - theirs.create_time()) < 1.5
    assert found.scheduling.nice == theirs.nice()
    assert found.threads == theirs.num_threads()
    assert found.confinement.no_new_privs in {True, False}


@pytest.mark.oracle("ps")
def test_as_ps_has_it(system: System, processes: Processes) -> None:
    pid = processes.python("import sys; " + HELD).pid
    fields = "comm=,stat=,ppid=,pgid=,sid=,tty=,ni=,cls=,psr=,nlwp="
    words = subprocess.run(["ps", "-o", fields, "-p", str(pid)], capture_output=True, text=True, check=True, timeout=30).stdout.split()
    found = of(system, pid)
    assert words[0] == found.comm
    assert words[1][0] == found.state
    assert [int(word) for word in words[2:5]] == [found.origin.parents[0].pid, found.pgrp, found.session]
    assert words[5] == found.tty
    assert int(words[6]) == found.scheduling.nice
    assert (
        words[7]
        == {"SCHED_NORMAL": "TS", "SCHED_FIFO": "FF", "SCHED_RR": "RR", "SCHED_BATCH": "B", "SCHED_IDLE": "IDL"}[found.scheduling.policy]
    )


@pytest.mark.oracle("chrt", "taskset", "choom")
def test_scheduling_as_its_tools_have_it(system: System, processes: Processes) -> None:
    cpu = min(os.sched_getaffinity(0))
    begin = f"os.nice(5); os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0)); os.sched_setaffinity(0, {{{cpu}}})"
    pid = processes.python(f"import os, sys; {begin}; {HELD}").pid
    found = of(system, pid)
    nice = min(19, os.getpriority(os.PRIO_PROCESS, 0) + 5)
    assert (found.scheduling.policy, found.scheduling.nice, found.scheduling.cpus) == ("SCHED_BATCH", nice, str(cpu))
    assert "SCHED_BATCH" in subprocess.run(["chrt", "-p", str(pid)], capture_output=True, text=True).stdout
    assert subprocess.run(["taskset", "-cp", str(pid)], capture_output=True, text=True).stdout.strip().endswith(f": {cpu}")
    choom = subprocess.run(["choom", "-p", str(pid)], capture_output=True, text=True).stdout.split("\n")
    assert choom[1].endswith(f" {found.oom.adj}")


@pytest.mark.oracle("nginx")
def test_nginx(system: System, nginx: Nginx) -> None:
    master, worker = of(system, nginx.master), of(system, nginx.workers[0])
    assert isinstance(master.argv, Argv)
    assert isinstance(worker.argv, Argv)
    assert master.argv.rewritten
    assert worker.argv.args == ("nginx: worker process",)
    assert worker.argv.rewritten
    assert worker.origin.parents[0].pid == nginx.master
    assert isinstance(worker.executable, Executable)
    assert worker.executable.path.endswith("nginx")


@pytest.mark.oracle("strace")
def test_the_tracer_is_named(system: System, processes: Processes) -> None:
    sleeping = processes.start("sleep", "60")
    strace = processes.start("strace", "-o", "/dev/null", "-p", str(sleeping.pid), stderr=subprocess.DEVNULL)
    from tests.loopback import until

    found = until(lambda: (one := of(system, sleeping.pid)) and isinstance(one.tracer, tuple) and one, "strace to attach")
    assert isinstance(found, Overview)
    assert found.tracer == (strace.pid, "strace")


def test_a_zombie_says_how_it_ended_and_who_must_reap(system: System) -> None:
    from pathlib import Path

    from tests.loopback import until

    child = os.fork()
    if child == 0:
        os._exit(127)
    until(lambda: b") Z" in Path(f"/proc/{child}/stat").read_bytes(), "a zombie")
    found = of(system, child)
    os.waitpid(child, 0)
    assert found.state == "Z"
    assert found.exit_code == 127 << 8
    assert isinstance(found.executable, Missing)
    assert str(os.getpid()) in found.executable.cure
    assert isinstance(found.argv, Argv)
    assert found.argv.args == ()


def test_gone_and_used_again(system: System, fakeproc: FakeProc) -> None:
    gone = overview(system, 1 << 22)
    assert isinstance(gone, Missing)
    assert gone.reason is Reason.GONE
    again = overview(system, ProcessId(os.getpid(), 1))
    assert isinstance(again, Missing)
    assert "another process" in again.detail


def test_every_process_of_the_machine(system: System) -> None:
    for pid in system.proc.numbers():
        found = overview(system, pid)
        assert isinstance(found, Overview) or found.reason is Reason.GONE


def test_case_18_processes_that_end_meanwhile(system: System) -> None:
    for _ in range(20):
        child = os.fork()
        if child == 0:
            os._exit(0)
        found = overview(system, child)
        assert isinstance(found, Overview | Missing)
        os.waitpid(child, 0)
        assert isinstance(overview(system, child), Missing)
