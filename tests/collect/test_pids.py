"""Who came and who went, with as little looking as possible."""

import os
import subprocess
import threading
from collections.abc import Iterator

import pytest

from explorer.collect import pids as module
from explorer.collect.pids import Pids
from explorer.resolve.system import System
from tests.fakeproc import FakeProc


def loadavg(fakeproc: FakeProc, tasks: int, last: int) -> None:
    fakeproc.file("loadavg", f"0.00 0.00 0.00 1/{tasks} {last}\n")


def process(fakeproc: FakeProc, pid: int, tgid: int = 0) -> None:
    fakeproc.file(f"{pid}/status", f"Name:\tx\nUmask:\t0022\nTgid:\t{tgid or pid}\nPid:\t{pid}\n")


def test_the_folder_is_read_only_when_something_moved(fakeproc: FakeProc) -> None:
    pids = Pids(fakeproc.system)
    loadavg(fakeproc, 9, 100)
    process(fakeproc, 5)
    assert pids.changed(10.0, set()) == ([5], [])
    process(fakeproc, 6)
    assert pids.changed(11.0, {"5"}) == ([], [])
    loadavg(fakeproc, 10, 100)
    assert pids.changed(11.5, {"5", "77"}) == ([6], [77])
    process(fakeproc, 7)
    assert pids.changed(14.4, {"5", "6"}) == ([], [])
    assert pids.changed(14.5, {"5", "6"}) == ([7], [])


def test_among_many_newcomers_are_tried_by_their_pid(fakeproc: FakeProc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY", 2)
    pids, known = Pids(fakeproc.system), {"1", "2", "3"}
    for pid in (1, 2, 3):
        process(fakeproc, pid)
    loadavg(fakeproc, 9, 100)
    pids.changed(10.0, known)
    pids.changed(10.1, known)
    process(fakeproc, 101)
    process(fakeproc, 102, tgid=101)
    process(fakeproc, 104)
    process(fakeproc, 50)
    loadavg(fakeproc, 12, 103)
    # 104 was given after we looked, 102 is a thread, and the folder with 50 in it was not read.
    assert pids.changed(11.0, known) == ([101], [])
    # Unlike a real thread the one of the test is listed.
    (fakeproc.root / "102/status").unlink()
    (fakeproc.root / "102").rmdir()
    # 103 can be seen only now: it was given before.
    process(fakeproc, 103)
    loadavg(fakeproc, 13, 104)
    assert pids.changed(12.0, known | {"101"}) == ([103, 104], [])
    assert pids.changed(18.0, known | {"101", "103", "104", "9"}) == ([], [])
    # The folder shows one that was missed: from now on it is read again whenever something moved.
    assert pids.changed(19.0, known | {"101", "103", "104", "9"}) == ([50], [9])
    process(fakeproc, 60)
    loadavg(fakeproc, 15, 104)
    assert pids.changed(20.0, known | {"101", "103", "104", "50"}) == ([60], [])
    # Around the end of the numbers, or too many.
    for last in (7, 5000):
        loadavg(fakeproc, 14, last)
        process(fakeproc, last + 1)
        assert pids.changed(20.1, known | {"101", "103", "104", "50", "60"})[0]


def test_no_loadavg_and_no_folder(fakeproc: FakeProc) -> None:
    pids = Pids(fakeproc.system)
    process(fakeproc, 5)
    assert pids.changed(1.0, set()) == ([5], [])
    process(fakeproc, 6)
    assert pids.changed(1.1, {"5"}) == ([6], [])
    nowhere = Pids(FakeProc(fakeproc.root / "nowhere").system)
    assert nowhere.changed(1.0, {"5"}) == ([], [5])


@pytest.fixture
def system() -> Iterator[System]:
    system = System()
    yield system
    system.close()


@pytest.mark.parametrize("many", [0, 1 << 30])
def test_a_real_child_is_told_at_once_and_a_thread_is_none(system: System, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(module, "MANY", many)
    pids = Pids(system)
    known = {str(pid) for pid in pids.changed(1.0, set())[0]}
    pids.changed(1.1, known)
    go = threading.Event()
    thread = threading.Thread(target=go.wait)
    thread.start()
    child = subprocess.Popen(["sleep", "1000"])
    try:
        came, _ = pids.changed(1.2, known)
        assert child.pid in came
        assert thread.native_id not in came
        assert os.getpid() not in came
    finally:
        go.set()
        thread.join()
        child.kill()
        child.wait()
