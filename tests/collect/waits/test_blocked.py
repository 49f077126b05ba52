"""collect/waits/blocked.py"""

import struct
import time

import pytest

from explorer.collect.glance import Glance
from explorer.collect.waits.blocked import Blocked, holders, listed, signed
from explorer.model.stack import Age, Doing, Thread
from explorer.model.trace import Syscall
from tests.fakeproc import FakeProc


def blocked(fakeproc: FakeProc, age: Age | None = None, arch: str = "x86_64", name: str = "poll", restarted: bool = False) -> Blocked:
    thread = Thread(7, "x", "S", doing=Doing.CALL, call=Syscall(name, (), arch=arch), age=age, restarted=restarted)
    return Blocked(Glance(fakeproc.system, 7), thread, (0xFFFFFFFF, 5, 0, 0, 0, 0))


def test_names_in_a_row() -> None:
    assert [listed("abcdef"[:count]) for count in range(6)] == ["", "a", "a and b", "a, b and c", "a, b, c and d", "a, b, c and 2 more"]
    assert listed("abcd", most=2) == "a, b and 2 more"
    assert holders([(3, "x"), (1, ""), (3, "x")]) == "3 x and 1"


def test_a_c_int() -> None:
    assert [signed(value) for value in (0, 5, 0xFFFFFFFF, 0xFFFFFFFF00000001)] == [0, 5, -1, 1]


def test_what_is_left_of_a_timeout(fakeproc: FakeProc) -> None:
    assert blocked(fakeproc, Age(2.0)).left(5.0) == (3.0, False)
    assert blocked(fakeproc, Age(2.0, at_least=True)).left(5.0) == (3.0, True)
    assert blocked(fakeproc, Age(9.0)).left(5.0) == (0.0, False)
    assert blocked(fakeproc, Age(2.0), restarted=True).left(5.0) == (5.0, True)
    assert blocked(fakeproc, Age(2.0)).left(None) == (None, False)
    assert blocked(fakeproc, Age(2.0)).left(-1.0) == (None, False)
    assert blocked(fakeproc).left(5.0) == (None, False)


def test_moments_on_a_clock(fakeproc: FakeProc) -> None:
    left = blocked(fakeproc).until(time.monotonic() + 50, time.CLOCK_MONOTONIC)
    assert left is not None
    assert 45 < left <= 50
    assert blocked(fakeproc).until(0.0, time.CLOCK_MONOTONIC) == 0.0
    assert blocked(fakeproc).until(5.0, 999) is None


class Memory:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, address: int, size: int) -> bytes:
        return self.data[:size]


@pytest.mark.parametrize(
    ("arch", "name", "data"),
    [
        ("x86_64", "poll", struct.pack("=qq", 3, 500_000_000)),
        ("i386", "poll", struct.pack("=ii", 3, 500_000_000)),
        ("i386", "ppoll_time64", struct.pack("=qq", 3, 500_000_000)),
    ],
)
def test_times_in_memory(fakeproc: FakeProc, arch: str, name: str, data: bytes) -> None:
    one = blocked(fakeproc, arch=arch, name=name)
    one.glance._memories[7] = Memory(data)  # type: ignore[assignment]
    assert one.time_at(0x1000) == 3.5
    assert one.time_at(0) is None
    one.glance._memories[7] = Memory(data[:-1])  # type: ignore[assignment]
    assert one.time_at(0x1000) is None
