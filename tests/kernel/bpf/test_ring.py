"""kernel/bpf/ring.py: records written by the kernel, and by hand with every kind of header."""

import mmap
import os
import struct
from collections.abc import Callable, Iterator

import pytest

from explorer.kernel.bpf.object import Object
from explorer.kernel.bpf.ring import BUSY, DISCARD, KNOWN, Ring
from tests.kernel.bpf.conftest import MARK
from tests.namespaces import first_pids

SIZE = 1 << 16
PAGE = mmap.PAGESIZE


class Written:
    """A ring in memory of our own, its data twice in a row."""

    def __init__(self) -> None:
        self.fd = os.memfd_create("ring")
        os.ftruncate(self.fd, 2 * PAGE + 2 * SIZE)
        self.position = 0

    def at(self, position: int) -> None:
        """Begin there: both positions."""
        self.position = position
        os.pwrite(self.fd, struct.pack("=Q", position), 0)
        os.pwrite(self.fd, struct.pack("=Q", position), PAGE)

    def record(self, payload: bytes, bits: int = 0) -> int:
        """Append one; its position."""
        whole = struct.pack("=II", len(payload) | bits, 0xFFFF) + payload
        for place, byte in enumerate(whole):
            offset = (self.position + place) % SIZE
            for copy in (0, SIZE):
                os.pwrite(self.fd, bytes([byte]), 2 * PAGE + copy + offset)
        where, self.position = self.position, self.position + (len(whole) + 7 & -8)
        os.pwrite(self.fd, struct.pack("=Q", self.position), PAGE)
        return where

    def commit(self, where: int, size: int) -> None:
        for copy in (0, SIZE):
            os.pwrite(self.fd, struct.pack("=I", size), 2 * PAGE + copy + where % SIZE)


@pytest.fixture
def written() -> Iterator[Written]:
    made = Written()
    yield made
    os.close(made.fd)


@pytest.fixture
def ring(written: Written) -> Iterator[Ring]:
    made = Ring(written.fd, SIZE)
    yield made
    made.close()


def payloads(ring: Ring, limit: int = SIZE) -> list[bytes]:
    raw, offsets = ring.take(limit)
    sizes = [struct.unpack_from("=I", raw, offset - 8)[0] for offset in offsets]
    return [raw[offset : offset + size] for offset, size in zip(offsets, sizes, strict=True)]


def test_empty(ring: Ring) -> None:
    assert ring.pending == 0
    assert ring.take(SIZE) == (b"", [])


def test_records_of_any_size(written: Written, ring: Ring) -> None:
    made = [bytes([size & 255]) * size for size in (1, 7, 8, 9, 64, 200, KNOWN - 1, KNOWN, KNOWN + 5, 0, 3)]
    for payload in made:
        written.record(payload)
    assert ring.pending == written.position
    assert payloads(ring) == made
    assert ring.pending == 0
    assert ring.take(SIZE) == (b"", [])


def test_discarded_ones_are_skipped(written: Written, ring: Ring) -> None:
    written.record(b"a", DISCARD)
    written.record(b"b")
    written.record(b"c" * 20, DISCARD)
    written.record(b"d")
    written.record(b"e", DISCARD)
    assert payloads(ring) == [b"b", b"d"]
    assert ring.pending == 0


def test_a_busy_one_ends_it_until_it_is_committed(written: Written, ring: Ring) -> None:
    written.record(b"a")
    where = written.record(b"bb", BUSY)
    written.record(b"c")
    assert payloads(ring) == [b"a"]
    assert ring.take(SIZE) == (b"", [])
    assert ring.pending == 32
    written.commit(where, 2)
    assert payloads(ring) == [b"bb", b"c"]


def test_a_busy_one_that_is_discarded(written: Written, ring: Ring) -> None:
    where = written.record(b"a", BUSY)
    written.record(b"b")
    assert payloads(ring) == []
    written.commit(where, 1 | DISCARD)
    assert payloads(ring) == [b"b"]


def test_over_the_end(written: Written, ring: Ring) -> None:
    written.at((5 * SIZE) - 24)
    written.record(b"a" * 8)
    written.record(b"b" * 40)
    written.record(b"c")
    assert payloads(ring) == [b"a" * 8, b"b" * 40, b"c"]
    assert ring.pending == 0


def test_positions_beyond_32_bits(written: Written, ring: Ring) -> None:
    written.at((7 << 32) - 16)
    written.record(b"a" * 8)
    written.record(b"b" * 8)
    assert payloads(ring) == [b"a" * 8, b"b" * 8]


def test_the_limit_is_kept_to_whole_records(written: Written, ring: Ring) -> None:
    for letter in b"abcd":
        written.record(bytes([letter]) * 24)
    assert payloads(ring, 1) == [b"a" * 24]
    assert payloads(ring, 33) == [b"b" * 24, b"c" * 24]
    assert payloads(ring) == [b"d" * 24]


def test_close_twice(written: Written) -> None:
    ring = Ring(written.fd, SIZE)
    ring.close()
    ring.close()


@first_pids
@pytest.mark.oracle("clang")
@pytest.mark.root
def test_what_a_program_puts_in_arrives(loaded: Object, calls: Callable[[int], None]) -> None:
    """More than it holds, in rounds: every fourth is discarded, none is lost or told twice."""
    ring = Ring(loaded.fd("ring"), 1 << 17)
    loaded.attach("begins")
    found = []
    for _ in range(10):
        calls(3000)
        raw, offsets = ring.take(1 << 20)
        found += [struct.unpack_from("=QQ", raw, offset) for offset in offsets]
    ring.close()
    assert found == [(number, MARK) for number in range(30000) if number % 4 != 3]
    assert struct.unpack_from("=QQ", loaded.memory(".bss")) == (30000, 0)


@first_pids
@pytest.mark.oracle("clang")
@pytest.mark.root
def test_a_full_ring_loses_and_says_so(loaded: Object, calls: Callable[[int], None]) -> None:
    ring = Ring(loaded.fd("ring"), 1 << 17)
    loaded.attach("begins")
    calls(20000)
    shown = 0
    while ring.pending:
        shown += len(ring.take(1 << 14)[1])
    ring.close()
    told, lost = struct.unpack_from("=QQ", loaded.memory(".bss"))
    assert told == 20000
    assert lost > 0
    held = (1 << 17) // 24
    assert lost in {20000 - held, 20000 - held + 1}
    assert shown == sum(1 for number in range(told - lost) if number % 4 != 3)
