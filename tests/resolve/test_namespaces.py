"""resolve/namespaces.py"""

import os

import pytest

from explorer.model.missing import Missing
from explorer.model.overview import Namespace
from explorer.resolve.namespaces import namespaces
from explorer.resolve.place import Place, place
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.processes import HELD, Processes
from tests.resolve.test_place import STAT


def of(system: System, pid: int) -> tuple[Namespace, ...]:
    at = place(system, pid)
    assert isinstance(at, Place)
    found = namespaces(system, at)
    assert not isinstance(found, Missing)
    return found


def test_ours(system: System) -> None:
    found = {each.kind: each for each in of(system, os.getpid())}
    assert {"mnt", "net", "pid", "user", "uts", "ipc"} <= set(found)
    assert all(each.ours for each in found.values())
    assert found["net"].inode == os.stat("/proc/self/ns/net").st_ino
    assert "pid_for_children" not in found


@pytest.mark.root
def test_others(system: System, processes: Processes) -> None:
    process = processes.python("import os; os.system('true'); " + "import sys; " + HELD)
    assert all(each.ours for each in of(system, process.pid))
    import shutil

    if not shutil.which("unshare"):
        pytest.skip("needs unshare")
    apart = processes.start("unshare", "-un", "cat", stdin=-1, stdout=-1)
    from tests.loopback import until

    until(lambda: os.readlink(f"/proc/{apart.pid}/ns/net") != os.readlink("/proc/self/ns/net"), "unshare")
    found = {each.kind: each for each in of(system, apart.pid)}
    assert not found["net"].ours
    assert not found["uts"].ours
    assert found["mnt"].ours
    assert found["net"].first in {False, found["net"].first} if isinstance(found["net"].first, Missing) else found["net"].first is False


def test_first_and_children(fakeproc: FakeProc) -> None:
    fakeproc.file("12/stat", STAT.format(state="S", flags=0))
    for pid, number in (("12", 7), ("1", 1), ("self", 7)):
        fakeproc.link(f"{pid}/ns/net", f"net:[{number}]")
    fakeproc.link("12/ns/pid", "pid:[5]")
    fakeproc.link("12/ns/pid_for_children", "pid:[6]")
    found = {each.kind: each for each in of(fakeproc.system, 12)}
    assert found["net"] == Namespace("net", 7, True, False)
    assert found["pid_for_children"].inode == 6


def test_gone(fakeproc: FakeProc) -> None:
    fakeproc.file("12/stat", STAT.format(state="S", flags=0))
    at = place(fakeproc.system, 12)
    assert isinstance(at, Place)
    assert isinstance(namespaces(fakeproc.system, at), Missing)
