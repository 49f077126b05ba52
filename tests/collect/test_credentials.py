"""collect/credentials.py"""

import os

import psutil
import pytest

from explorer.collect.credentials import credentials
from explorer.collect.status import status
from explorer.model.missing import Missing
from explorer.model.overview import Account, Credentials
from explorer.resolve.place import Place, place
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.processes import Processes
from tests.resolve.test_place import STAT


def of(system: System, pid: int) -> Credentials:
    at = place(system, pid)
    assert isinstance(at, Place)
    return credentials(system, at, status(system, at))


def test_as_psutil_has_them(system: System) -> None:
    found = of(system, os.getpid())
    theirs = psutil.Process()
    assert isinstance(found.uid, tuple)
    assert isinstance(found.gid, tuple)
    assert tuple(each.id for each in found.uid[:3]) == tuple(theirs.uids())
    assert tuple(each.id for each in found.gid[:3]) == tuple(theirs.gids())
    assert found.uid[1].name == theirs.username()
    assert isinstance(found.groups, tuple)
    assert {each.id for each in found.groups} | {os.getegid()} >= set(os.getgroups())


@pytest.mark.root
def test_real_effective_and_saved_told_apart(system: System, processes: Processes) -> None:
    program = "import os, sys; os.setresgid(1, 2, 3); os.setresuid(0, 33, 65534); print(flush=True); sys.stdin.read()"
    found = of(system, processes.python(program).pid)
    assert isinstance(found.uid, tuple)
    assert [each.id for each in found.uid] == [0, 33, 65534, 33]
    assert found.uid[0] == Account(0, "root")
    assert isinstance(found.gid, tuple)
    assert [each.id for each in found.gid] == [1, 2, 3, 2]


def test_user_namespace_and_login(fakeproc: FakeProc) -> None:
    fakeproc.file("12/stat", STAT.format(state="S", flags=0))
    fakeproc.file("12/status", "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\n")
    fakeproc.file("12/uid_map", "0 100000 65536\n")
    fakeproc.file("12/loginuid", "0")
    found = of(fakeproc.system, 12)
    assert found.outside == ((0, 100000, 65536),)
    assert found.loginuid == Account(0, "root")
    assert isinstance(found.groups, Missing)
    fakeproc.file("12/loginuid", "4294967295")
    assert isinstance(of(fakeproc.system, 12).loginuid, Missing)


def test_nothing_known(fakeproc: FakeProc) -> None:
    fakeproc.file("12/stat", STAT.format(state="S", flags=0))
    assert isinstance(of(fakeproc.system, 12).uid, Missing)
