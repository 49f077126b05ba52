"""resolve/holders.py"""

import os

import pytest

from explorer.kernel.procfs import Procfs
from explorer.model.endpoints import Holder
from explorer.model.missing import Reason
from explorer.resolve.holders import AGE_OF_LARGE, AGE_OF_LIST, Holders
from tests.fakeproc import FakeProc

INFO = "pos:\t0\nflags:\t00\n"


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_everybody_who_has_it_each_descriptor_once(fakeproc: FakeProc) -> None:
    for pid, number in ((7, 3), (7, 4), (9, 3)):
        fakeproc.fd(pid, number, "pipe:[55]", INFO)
        fakeproc.file(f"{pid}/comm", f"name{pid}\n")
    fakeproc.fd(9, 5, "socket:[55]", INFO)
    found = Holders(fakeproc.system.proc).of([("pipe", 55), ("socket", 55), ("pipe", 1)])
    assert [(holder.pid, holder.fd, holder.comm) for holder in found["pipe", 55]] == [(7, 3, "name7"), (7, 4, "name7"), (9, 3, "name9")]
    assert [(holder.pid, holder.fd) for holder in found["socket", 55]] == [(9, 5)]
    assert found["pipe", 1] == ()


def test_what_is_handed_out_is_never_old(fakeproc: FakeProc) -> None:
    clock = Clock()
    fakeproc.fd(7, 3, "pipe:[55]", INFO)
    holders = Holders(fakeproc.system.proc, clock)
    assert len(holders.of([("pipe", 55)])["pipe", 55]) == 1
    (fakeproc.root / "7/fd/3").unlink()
    assert holders.of([("pipe", 55)])["pipe", 55] == ()


def test_new_and_ended_processes_and_those_that_are_likely(fakeproc: FakeProc) -> None:
    clock = Clock()
    fakeproc.fd(7, 3, "pipe:[55]", INFO)
    holders = Holders(fakeproc.system.proc, clock)
    holders.of([("pipe", 55)])
    fakeproc.fd(8, 3, "pipe:[55]", INFO)
    fakeproc.fd(7, 9, "pipe:[55]", INFO)
    clock.now += AGE_OF_LIST
    found = holders.of([("pipe", 55)], likely=(7,), budget=1.0)["pipe", 55]
    assert [(holder.pid, holder.fd) for holder in found] == [(7, 3), (7, 9), (8, 3)]


def test_eventfds_by_id(fakeproc: FakeProc) -> None:
    fakeproc.fd(7, 3, "anon_inode:[eventfd]", INFO + "eventfd-count: 0\neventfd-id: 12\n")
    fakeproc.fd(8, 4, "anon_inode:[eventfd]", INFO + "eventfd-count: 0\neventfd-id: 12\n")
    fakeproc.fd(8, 5, "anon_inode:[eventfd]", INFO + "eventfd-count: 0\neventfd-id: 13\n")
    found = Holders(fakeproc.system.proc).of([("eventfd", 12), ("eventfd", 13)])
    assert [(holder.pid, holder.fd) for holder in found["eventfd", 12]] == [(7, 3), (8, 4)]
    assert [(holder.pid, holder.fd) for holder in found["eventfd", 13]] == [(8, 5)]


def test_fifos_by_path_also_where_others_were_looked_at_before(fakeproc: FakeProc) -> None:
    fakeproc.fd(7, 3, "/run/x", INFO)
    holders = Holders(fakeproc.system.proc)
    holders.of([("pipe", 1)])
    assert [(holder.pid, holder.fd) for holder in holders.of([("fifo", "/run/x")])["fifo", "/run/x"]] == [(7, 3)]


def test_a_budget_ends_the_walk_and_the_next_call_goes_on(fakeproc: FakeProc) -> None:
    class Slow(Clock):
        def __call__(self) -> float:
            self.now += 0.1
            return self.now

    for pid in range(1, 40):
        fakeproc.fd(pid, 3, "pipe:[55]", INFO)
    holders = Holders(fakeproc.system.proc, Slow())
    first = len(holders.of([("pipe", 55)])["pipe", 55])
    assert 0 < first < 39
    unseen = holders.unseen()
    assert unseen is not None
    assert unseen.reason is Reason.TIMED_OUT
    for _ in range(60):
        if len(holders.of([("pipe", 55)])["pipe", 55]) == 39:
            break
    assert holders.unseen() is None


def test_our_own_with_access() -> None:
    read, write = os.pipe()
    try:
        inode = os.stat(read).st_ino
        found = Holders(Procfs()).of([("pipe", inode)], likely=(os.getpid(),))["pipe", inode]
    finally:
        os.close(read)
        os.close(write)
    ours = [holder for holder in found if holder.pid == os.getpid()]
    assert [(holder.fd, holder.access) for holder in ours] == [(read, "r"), (write, "w")]
    assert isinstance(ours[0], Holder)
    assert ours[0].comm


def test_what_nobody_is_known_to_have_is_looked_for_until_all_were_looked_at(fakeproc: FakeProc) -> None:
    clock = Clock()
    fakeproc.fd(7, 3, "socket:[1]", INFO)
    fakeproc.fd(8, 3, "pipe:[9]", INFO)
    holders = Holders(fakeproc.system.proc, clock)
    assert holders.of([("socket", 55)])["socket", 55] == ()
    assert holders.unseen(("socket", 55)) is None
    clock.now += 0.1
    fakeproc.fd(8, 4, "socket:[66]", INFO)
    found = holders.of([("socket", 66)])["socket", 66]
    assert [(holder.pid, holder.fd) for holder in found] == [(8, 4)]
    clock.now += 0.1
    fakeproc.fd(7, 5, "socket:[77]", INFO)
    holders._rests_until = clock.now + 1
    assert holders.of([("socket", 77)])["socket", 77] == ()
    assert holders.unseen(("socket", 77)) is not None
    clock.now += 1
    assert [holder.pid for holder in holders.of([("socket", 77)])["socket", 77]] == [7]


def test_a_large_process_is_looked_at_again_the_less_often_the_larger_it_is(fakeproc: FakeProc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.resolve.holders.LARGE", 10)
    for number in range(30):
        fakeproc.fd(7, number, f"pipe:[{number}]", INFO)
    clock = Clock()
    holders = Holders(fakeproc.system.proc, clock)
    looked: list[float] = []
    look = holders._look

    def counted(pid: int) -> None:
        looked.append(clock.now)
        look(pid)

    monkeypatch.setattr(holders, "_look", counted)
    for _ in range(100):
        holders.of([("pipe", 3)], likely=(7,))
        clock.now += 1
    assert looked == [100.0, 100.0 + 3 * AGE_OF_LARGE, 100.0 + 6 * AGE_OF_LARGE, 100.0 + 9 * AGE_OF_LARGE]
