"""collect/thread.py"""

from dataclasses import replace

from explorer.collect.glance import Glance
from explorer.collect.samples import Seen
from explorer.collect.thread import later, thread
from explorer.decode.proc.stat import decode
from explorer.model.missing import Missing, Reason
from explorer.model.stack import Age, Doing, Thread, Wait
from tests.fakeproc import FakeProc


def seen(state: str = "S", age: float = 40.0, looked: float = 110.0) -> Seen:
    stat = decode(f"7 (x) {state} 1\n".encode())
    assert not isinstance(stat, Missing)
    return Seen(7, stat, 1.5, Doing.USER, Age(age), looked)


def one(fakeproc: FakeProc, syscall: str, state: str = "S") -> Thread:
    fakeproc.file("7/task/7/syscall", syscall)
    fakeproc.file("7/task/7/wchan", "0")
    fakeproc.file("7/task/7/stack", "")
    made = thread(Glance(fakeproc.system, 7), seen(state))
    assert isinstance(made, Thread)
    return made


def test_running_blocked_outside_stopped_ended(fakeproc: FakeProc) -> None:
    running = one(fakeproc, "running\n")
    assert (running.doing, running.state, running.age) == (Doing.USER, "R", None)
    assert one(fakeproc, "-1 0x7ffc 0x7fee\n").doing is Doing.OUTSIDE
    assert one(fakeproc, "-1 0x7ffc 0x7fee\n", "T").doing is Doing.STOPPED
    assert one(fakeproc, "-1 0x0 0x0\n", "Z").doing is Doing.ENDED


def test_a_call_whose_memory_may_not_be_read(fakeproc: FakeProc) -> None:
    made = one(fakeproc, "34 0x0 0x0 0x0 0x0 0x0 0x0 0x7ffc 0x7fee\n")
    assert made.doing is Doing.CALL
    assert made.call is not None
    assert made.entered == ""


def test_it_ended_meanwhile(fakeproc: FakeProc) -> None:
    made = thread(Glance(fakeproc.system, 7), seen())
    assert isinstance(made, Missing)
    assert made.reason is Reason.GONE


def test_a_kernel_without_the_file(fakeproc: FakeProc) -> None:
    fakeproc.file("7/task/7/stat", "7 (x) S 1\n")
    made = thread(Glance(fakeproc.system, 7), seen())
    assert isinstance(made, Thread)
    assert isinstance(made.doing, Missing)
    assert made.doing.reason is Reason.UNSUPPORTED


def test_one_that_has_not_moved_keeps_what_was_found_out() -> None:
    wait = Wait("poll", "waits", due=30.0)
    known = Thread(7, "x", "S", doing=Doing.CALL, age=Age(30.0), waits=wait, looked=100.0, read=100.0)
    kept = later(known, seen())
    assert kept is not None
    assert kept.waits is not None
    assert (kept.age, kept.cpu, kept.looked, kept.read, kept.waits.due) == (Age(40.0), 1.5, 110.0, 100.0, 20.0)
    assert later(known, seen(age=5.0)) is None
    assert later(known, seen("D")) is None
    assert later(replace(known, doing=Doing.USER, age=None), seen()) is None
    assert later(known, seen(age=400.0, looked=200.0)) is None
