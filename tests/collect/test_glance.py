"""collect/glance.py"""

import os

from explorer.collect.glance import AT_FDCWD, Glance, Notes
from explorer.resolve.system import System
from tests.collect.threads import thread_of
from tests.fakeproc import FakeProc
from tests.specimens.waits import Waits


def test_notes_are_looked_up_once_and_when_asked_for() -> None:
    asked: list[int] = []

    def find(number: int) -> str:
        asked.append(number)
        return {1: "one"}.get(number, "")

    notes = Notes(find)
    assert (notes.get(1), notes.get(1), notes[1], 1 in notes) == ("one", "one", "one", True)
    assert (notes.get(2), notes.get(2, "none"), 2 in notes) == ("", "none", False)
    assert asked == [1, 2]


def test_the_working_directory_is_a_descriptor_too(system: System) -> None:
    assert Glance(system, os.getpid()).notes[AT_FDCWD] == os.getcwd()


def test_children_by_the_kernels_list_or_by_their_parent(fakeproc: FakeProc) -> None:
    for pid, parent in ((7, 1), (8, 7), (9, 7), (10, 8)):
        fakeproc.file(f"{pid}/stat", f"{pid} (x) S {parent} 0 0\n")
        fakeproc.file(f"{pid}/task/{pid}/comm", "x\n")
    assert Glance(fakeproc.system, 7).children() == (8, 9)
    fakeproc.file("7/task/7/children", "9 8 ")
    assert Glance(fakeproc.system, 7).children() == (9, 8)


def test_nobody_there(fakeproc: FakeProc) -> None:
    glance = Glance(fakeproc.system, 7)
    assert (glance.tids, glance.stat(7), glance.named(7), glance.tgid(7), glance.fd(3), glance.children()) == ((), None, "7", 7, None, ())


def test_a_leader_that_ended_is_read_through_a_living_thread(system: System) -> None:
    with Waits("leaderless") as it:
        (survivor,) = it.tids
        leader = thread_of(system, it.pid, ready=lambda one: one.state == "Z")
        assert leader.call is None
        assert Glance(system, it.pid).door == survivor
        thread = thread_of(system, it.pid, survivor)
        assert thread.call is not None
        assert thread.call.name == "clock_nanosleep"
        assert thread.waits is not None
        assert thread.waits.due is not None
