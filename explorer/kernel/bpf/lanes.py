"""Memory that programs write records to, a part for each processor: what is there is one copy, however many records that are."""

import mmap
import threading
from array import array
from collections.abc import Sequence
from typing import Final, NamedTuple

HEAD: Final = 128
"""struct lane (settings.h): bytes produced, records, bytes consumed, each ever growing; then what is the programs' own."""
RECORD: Final = 29024
"""struct record: room behind the data, so that the last one ends where it ends."""
PER_MARK: Final = 64
"""Bytes of data for each mark: no record is smaller."""
MARK: Final = 4
"""Bytes of one."""
FEWEST: Final = 1 << 17
"""Bytes below which a lane has no sense."""


class Part(NamedTuple):
    """Records in the order in which they were made. places: of each, where origin is that of raw's first byte; multiples of 8."""

    raw: bytes
    origin: int
    places: "Sequence[int]"


def value_size(size: int) -> int:
    """Bytes of a lane with `size` bytes of data; 0: with room for the record that is being made alone."""
    return HEAD + size // PER_MARK * MARK + max(size, 8) + RECORD


class Lane:
    """One processor's. For one thread."""

    def __init__(self, whole: memoryview, size: int) -> None:
        self.size = size
        self.head = whole[:HEAD].cast("Q")
        data = HEAD + size // PER_MARK * MARK
        self.marks = whole[HEAD:data]
        self.data = whole[data:]
        self.times = self.data.cast("q")
        self.count = self.consumed = 0

    def marked(self, since: int, count: int) -> "array[int]":
        """The places of records, the `since`th to the one before the `count`th."""
        found = array("I")
        if since != count:
            room = len(self.marks)
            first, last = since * MARK % room, count * MARK % room
            found.frombytes(self.marks[first : last if first < last else room])
            if first >= last:
                found.frombytes(self.marks[:last])
        return found

    def release(self) -> None:
        for view in (self.times, self.head, self.marks, self.data):
            view.release()


class Lanes:
    """Of a map with as many values as there are lanes, each of value_size(size) bytes; size: a power of two. One thread reads.

    Order: programs write a record, its mark, the count, and at last how many bytes there are; we ask for these two in the other order,
    so that all records below what we were told first are whole. For processors that keep stores in order, and loads (x86-64).
    """

    def __init__(self, fd: int, count: int, size: int) -> None:
        self.size = size
        stride = value_size(size)
        page = mmap.PAGESIZE
        self.mapped = mmap.mmap(fd, (stride * count + page - 1) // page * page, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
        self.whole = memoryview(self.mapped)
        self.lanes = [Lane(self.whole[stride * number : stride * (number + 1)], size) for number in range(count)]
        self.lock = threading.Lock()
        self.filled = 0.0
        """How much of the fullest lane waited when it was last looked at, 0 to 1."""

    def fence(self) -> None:
        """Nothing after it happens before what is before it."""
        with self.lock:
            pass

    def take(self, until: int | None = None) -> list[Part]:
        """What is there. until: only records that ended by then, in ns as they have it: each begins with when it began and what it took.

        A lane's records may stand in two parts.
        """
        found: list[Part] = []
        self.filled = 0.0
        for lane in self.lanes:
            produced = lane.head[0]
            if produced != lane.consumed:
                self.filled = max(self.filled, (produced - lane.consumed) / self.size)
                found += self._of(lane, produced, until)
        return found

    def _of(self, lane: Lane, produced: int, until: int | None) -> list[Part]:
        self.fence()
        count = lane.head[1]
        self.fence()
        places = lane.marked(lane.count, count)
        mask = self.size - 1
        try:
            # Those that came while we asked: the first of them begins where the bytes that we were told of end.
            del places[places.index(produced & mask) :]
        except ValueError:
            pass
        end = produced
        first = lane.consumed & mask
        if until is not None:
            while places and lane.times[places[-1] >> 3] + lane.times[(places[-1] >> 3) + 1] > until:
                place = places.pop()
                end = (lane.consumed & ~mask) + place + (self.size if place < first else 0)
        if not places:
            return []
        lane.count += len(places)
        parts = []
        if end & ~mask == lane.consumed & ~mask:
            parts.append(Part(bytes(lane.data[first : end & mask]), first, places))
        else:
            # What comes behind the end of the data begins at its beginning.
            over = places.index(0) if end & mask else len(places)
            parts.append(Part(bytes(lane.data[first:]), first, places[:over]))
            if over < len(places):
                parts.append(Part(bytes(lane.data[: end & mask]), 0, places[over:]))
        self.fence()
        lane.consumed = end
        lane.head[2] = end
        return [part for part in parts if part.places]

    def close(self) -> None:
        """Unmap it; any number of times."""
        for lane in self.lanes:
            lane.release()
        self.lanes = []
        self.whole.release()
        self.mapped.close()
