"""Names of processes and threads."""

import os
from pathlib import Path

from explorer.cli.tracing.names import Names
from explorer.model.batch import Batch, Birth, Kind
from explorer.model.tally import Tally, TallyKey
from explorer.resolve.system import System
from explorer.trace.payload import call_of, pack
from tests.trace.fakes import calls, started

GONE = 4_194_999


def execve(pid: int, path: bytes, result: int = 0, number: int = 59, arch: int = 0) -> Batch:
    batch = Batch()
    batch.add(Kind.CALL, pid, pid, 1, number, result, 5, pack((64, 0, 0, 0, 0, 0), [], [(64, False, path + b"\0")]), arch)
    return batch


def test_those_that_live_are_asked() -> None:
    names = Names(System())
    names.note(calls(2, os.getpid()), call_of)
    assert names.found[os.getpid()] == Path("/proc/self/comm").read_text().rstrip("\n")
    names.note(Batch(tallies={TallyKey(1, 1, 0, 0): Tally()}), call_of)
    assert names.found[1] == Path("/proc/1/comm").read_text().rstrip("\n")


def test_those_that_are_gone_have_what_is_known_of_them() -> None:
    names = Names(System())
    names.found[7] = "sh"
    names.note(started(7, GONE), call_of)
    assert names.found[GONE] == "sh"
    names.note(execve(GONE, b"/usr/bin/a-very-long-program-name"), call_of)
    assert names.found[GONE] == "a-very-long-pro"
    names.note(execve(GONE, b"/bin/other", -2), call_of)
    assert names.found[GONE] == "a-very-long-pro"
    names.note(execve(GONE, b"/bin/x32", number=11, arch=1), call_of)
    assert names.found[GONE] == "x32"
    names.note(execve(GONE, b"/bin/\xff\n", number=59), call_of)
    assert names.found[GONE] == "\udcff\n"
    names.note(calls(1, GONE + 1), call_of)
    assert names.found[GONE + 1] == ""


def test_a_kept_traces_processes_are_not_those_of_now() -> None:
    names = Names(None)
    names.note(calls(1, os.getpid()), call_of)
    names.note(started(os.getpid(), 1, Birth.THREAD), call_of)
    assert (names.found[os.getpid()], names.found[1]) == ("", "")
    names.note(execve(1, b"/sbin/nginx"), call_of)
    assert names.found[1] == "nginx"
