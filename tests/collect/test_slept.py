"""collect/slept.py"""

import pytest

from explorer.collect.slept import Clocks, taken_away
from explorer.decode.proc.stat import Stat, decode
from explorer.model.missing import Missing
from explorer.model.process import TICKS
from tests.fakeproc import FakeProc


def stat_of(processor: int, start: int = 100) -> Stat:
    numbers = ["0"] * 50
    numbers[18], numbers[35] = str(start), str(processor)
    found = decode(f"7 (x) S {' '.join(numbers)}\n".encode())
    assert not isinstance(found, Missing)
    return found


def machine(fakeproc: FakeProc, taken: int) -> None:
    fakeproc.file("7/task/7/sched", "x (7, #threads: 1)\n---\nse.exec_start : 958000.000000\n")
    fakeproc.file("thread-self/stat", f"1 (me) R {' '.join(['0'] * 50)}\n")
    fakeproc.file("thread-self/sched", "se.exec_start : 999000.000000\n")
    fakeproc.file("stat", f"cpu  0\ncpu0 1 2 3 4 5 6 7 8 0 0\ncpu1 1 2 3 4 5 {taken} 0 0 0 0\n")


def test_on_our_own_cpu_the_clocks_are_one(fakeproc: FakeProc) -> None:
    machine(fakeproc, 10**9)
    assert Clocks().age(fakeproc.system, 7, 7, stat_of(0), 1000.0) == pytest.approx((41.0, 0.0))


def test_on_another_cpu_as_well_as_the_clocks_can_differ(fakeproc: FakeProc) -> None:
    machine(fakeproc, 2 * TICKS)
    assert Clocks().age(fakeproc.system, 7, 7, stat_of(1), 1000.0) == pytest.approx((41.0, 2.0))
    machine(fakeproc, 20 * TICKS)
    assert Clocks().age(fakeproc.system, 7, 7, stat_of(1), 1000.0) == pytest.approx((41.0, 20.0))


def test_not_longer_than_it_lives(fakeproc: FakeProc) -> None:
    machine(fakeproc, 0)
    assert Clocks().age(fakeproc.system, 7, 7, stat_of(0, start=990 * TICKS), 1000.0) is None


def test_a_kernel_that_does_not_say(fakeproc: FakeProc) -> None:
    assert Clocks().age(fakeproc.system, 7, 7, stat_of(0), 1000.0) is None
    machine(fakeproc, 0)
    fakeproc.file("thread-self/sched", "nothing\n")
    assert Clocks().age(fakeproc.system, 7, 7, stat_of(0), 1000.0) is None


def test_taken_away_by_interrupts_and_the_hypervisor() -> None:
    raw = b"cpu  9 9 9 9 9 9 9 9\ncpu0 1 2 3 4 5 100 0 0 0 0\ncpu1 1 2 3 4 5 100 100 50 0 0\n"
    assert taken_away(raw, 0) == pytest.approx(100 / TICKS)
    assert taken_away(raw, 0, 1) == pytest.approx(250 / TICKS)
    assert taken_away(raw, 2) == float("inf")
