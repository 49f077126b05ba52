"""kernel/bpf/lanes.py: what a program writes, by hand as it does; kernel/bpf/tracer.bpf.c writes them for real in tests/trace/bpf."""

import mmap
import os
import struct
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.kernel.bpf.lanes import HEAD, PER_MARK, RECORD, Lanes, Part, value_size

SIZE = 1 << 17
STRIDE = value_size(SIZE)
DATA = HEAD + SIZE // PER_MARK * 4
PAGE = mmap.PAGESIZE


class Written:
    """Two lanes in memory of our own, and what settings.h says of how records get there."""

    def __init__(self) -> None:
        self.fd = os.memfd_create("lanes")
        size = (2 * STRIDE + PAGE - 1) // PAGE * PAGE
        os.ftruncate(self.fd, size)
        self.memory = mmap.mmap(self.fd, size)
        self.made: dict[int, list[bytes]] = {0: [], 1: []}

    def number(self, lane: int, place: int) -> int:
        found: int = struct.unpack_from("=Q", self.memory, lane * STRIDE + 8 * place)[0]
        return found

    def put(self, lane: int, place: int, number: int) -> None:
        struct.pack_into("=Q", self.memory, lane * STRIDE + 8 * place, number)

    def record(self, lane: int, time: int, took: int = 0, more: int = 88, publish: bool = True) -> bool:
        """False where there was no room. publish: also say how many bytes there are."""
        produced, count, consumed = (self.number(lane, place) for place in range(3))
        if produced - consumed + RECORD > SIZE - 1:
            return False
        raw = struct.pack("=qq", time, took) + os.urandom(more)
        at = produced % SIZE
        start = lane * STRIDE + DATA + at
        self.memory[start : start + len(raw)] = raw
        struct.pack_into("=I", self.memory, lane * STRIDE + HEAD + count * 4 % (SIZE // PER_MARK * 4), at)
        self.put(lane, 1, count + 1)
        size = len(raw) + 7 & ~7
        if publish:
            self.put(lane, 0, (produced // SIZE + 1) * SIZE if at + size > SIZE - 1 else produced + size)
        self.made[lane].append(raw)
        return True

    def close(self) -> None:
        self.memory.close()
        os.close(self.fd)


def records(parts: list[Part]) -> list[bytes]:
    """As far as each goes until the next one, or its part's end."""
    found = []
    for part in parts:
        ends = [*part.places[1:], part.origin + len(part.raw)]
        found += [part.raw[at - part.origin : end - part.origin] for at, end in zip(part.places, ends, strict=True)]
    return found


def same(found: list[bytes], made: list[bytes]) -> bool:
    """What is behind a record, up to the next multiple of 8 or the end of the lane, is nobody's."""
    return len(found) == len(made) and all(one.startswith(other) for one, other in zip(found, made, strict=True))


@pytest.fixture
def written() -> Iterator[Written]:
    made = Written()
    yield made
    made.close()


@pytest.fixture
def lanes(written: Written) -> Iterator[Lanes]:
    made = Lanes(written.fd, 2, SIZE)
    yield made
    made.close()


def test_nothing(lanes: Lanes) -> None:
    assert lanes.take() == []
    assert lanes.filled == 0
    lanes.close()
    lanes.close()


def test_each_processor_s_are_a_part(written: Written, lanes: Lanes) -> None:
    for time in range(4):
        written.record(time % 2, time)
    parts = lanes.take()
    assert [part.places[0] for part in parts] == [0, 0]
    assert same(records(parts), written.made[0] + written.made[1])
    assert 0 < lanes.filled < 0.01
    assert lanes.take() == []


def test_what_is_being_written_waits(written: Written, lanes: Lanes) -> None:
    """Its mark and its count are there, and not yet how many bytes there are."""
    written.record(0, 1)
    written.record(0, 2, publish=False)
    assert same(records(lanes.take()), written.made[0][:1])
    assert lanes.take() == []
    written.put(0, 0, 2 * 104)
    assert same(records(lanes.take()), written.made[0][1:])


def test_later_ones_wait(written: Written, lanes: Lanes) -> None:
    """By their end, not by their beginning."""
    written.record(0, 10, 5)
    written.record(0, 11, 9)
    written.record(0, 21, -1)
    assert lanes.take(14) == []
    assert same(records(lanes.take(15)), written.made[0][:1])
    assert same(records(lanes.take(20)), written.made[0][1:])
    assert lanes.take() == []


def test_a_full_lane(written: Written, lanes: Lanes) -> None:
    """What is read makes room."""
    count = 0
    while written.record(1, count):
        count += 1
    assert count > 900
    assert len(records(lanes.take())) == count
    assert lanes.filled > 0.75
    assert written.record(1, count)
    assert same(records(lanes.take()), written.made[1][-1:])


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("record"), st.integers(0, 1), st.integers(88, 9000)),
            st.tuples(st.just("take"), st.integers(0, 20), st.just(0)),
        ),
        max_size=120,
    )
)
def test_all_come_once_and_in_order(steps: list[tuple[str, int, int]]) -> None:
    """Over the end of the data and its marks, however often and however late they are read; and never later than asked for."""
    written = Written()
    lanes = Lanes(written.fd, 2, SIZE)
    found: dict[int, list[bytes]] = {0: [], 1: []}
    refused = 0

    def take(until: int | None) -> None:
        for part in lanes.take(until):
            for raw in records([part]):
                when = struct.unpack_from("=q", raw)[0]
                assert until is None or when <= until
                lane = next(
                    lane for lane, made in written.made.items() if len(found[lane]) < len(made) and raw.startswith(made[len(found[lane])])
                )
                found[lane].append(raw)

    try:
        for time, (what, number, more) in enumerate(steps):
            if what == "take":
                take(time - number if number else None)
            else:
                refused += not written.record(number, time, more=more & ~7)
        take(None)
        assert all(same(found[lane], written.made[lane]) for lane in (0, 1))
        assert len(found[0]) + len(found[1]) + refused == sum(what == "record" for what, _, _ in steps)
    finally:
        lanes.close()
        written.close()
