"""collect/argv.py: exact arguments of real processes, and titles written over them."""

import os
from pathlib import Path

import psutil

from explorer.collect.argv import argv
from explorer.model.argv import Argv
from explorer.resolve.place import Place, place
from explorer.resolve.system import System
from tests.loopback import until
from tests.processes import HELD, Processes

ODD = ["", "a b", "c\nd", "", "'", "\udcff\x1b]0;x\x07"]


def of(system: System, pid: int) -> Argv:
    at = place(system, pid)
    assert isinstance(at, Place)
    found = argv(system, at)
    assert isinstance(found, Argv)
    return found


def test_case_10_empty_and_odd_arguments(system: System, processes: Processes) -> None:
    pid = processes.python("import sys; " + HELD, *ODD).pid
    found = of(system, pid)
    assert list(found.args[3:]) == ODD
    assert not found.rewritten
    assert found.argc == len(found.args)
    assert found.raw == Path(f"/proc/{pid}/cmdline").read_bytes()
    assert list(found.args) == psutil.Process(pid).cmdline()


def test_case_10_trailing_empty_arguments(system: System, processes: Processes) -> None:
    found = of(system, processes.python("import sys; " + HELD, "", "", "").pid)
    assert found.args[3:] == ("", "", "")
    assert not found.rewritten


def test_case_10_an_empty_name(system: System, processes: Processes) -> None:
    # In a session of its own: posix_spawn(), which Python 3.13 takes where it can, refuses an empty name.
    process = processes.start("", "60", executable="/bin/sleep", start_new_session=True)
    assert of(system, process.pid).args == ("", "60")


def test_case_09_a_title_padded_with_nuls(system: System, processes: Processes) -> None:
    found = of(system, processes.titled(b"web: worker 3", "one", "two"))
    assert found.args == ("web: worker 3",)
    assert found.rewritten
    assert found.padding > 3
    assert found.argc == 5


def test_case_09_a_title_that_runs_over_into_the_environment(system: System, processes: Processes) -> None:
    found = of(system, processes.titled(b"nginx: master process " + b"x" * 1200))
    assert len(found.args) == 1
    assert found.args[0].startswith("nginx: master process x")
    assert found.rewritten


def test_case_04_wiped(system: System, processes: Processes) -> None:
    found = of(system, processes.titled(b""))
    assert found.args == ()
    assert found.rewritten
    assert found.padding == len(found.raw)


def test_cut_at_the_limit(system: System, processes: Processes) -> None:
    at = place(system, processes.python("import sys; " + HELD, "x" * 100_000).pid)
    assert isinstance(at, Place)
    found = argv(system, at, 1 << 14)
    assert isinstance(found, Argv)
    assert found.cut
    assert len(found.raw) == 1 << 14


def test_a_zombie_has_none(system: System) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    until(lambda: b") Z" in Path(f"/proc/{child}/stat").read_bytes(), "a zombie")
    found = of(system, child)
    os.waitpid(child, 0)
    assert (found.args, found.raw) == ((), b"")
