"""kernel/memory.py on our own memory."""

import ctypes
import mmap
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.kernel.memory import PAGE, LiveMemory
from explorer.kernel.reader import Ask, Reader
from explorer.model.missing import Missing, Reason


@pytest.fixture
def memory() -> Iterator[LiveMemory]:
    reader = Reader()
    yield LiveMemory(reader, f"/proc/{os.getpid()}/mem")
    reader.close()


def address_of(area: mmap.mmap) -> int:
    return ctypes.addressof(ctypes.c_char.from_buffer(area))


def test_reads_what_stands_there(memory: LiveMemory) -> None:
    area = mmap.mmap(-1, 4 * PAGE)
    area[PAGE - 3 : PAGE + 3] = b"across"
    assert memory.read(address_of(area) + PAGE - 3, 6) == b"across"


def test_stops_where_memory_ends(memory: LiveMemory, tmp_path: Path) -> None:
    file = tmp_path / "one page"
    file.write_bytes(b"x" * PAGE)
    with file.open("r+b") as opened:
        area = mmap.mmap(opened.fileno(), PAGE)
        area.resize(2 * PAGE)
        os.truncate(file, PAGE)  # the second page now faults
        assert memory.read(address_of(area) + PAGE - 4, 8) == b"xxxx"
        assert memory.read(address_of(area) + PAGE, 8) == b""


@pytest.mark.parametrize(
    ("address", "size"), [(0, 8), (8, 8), (-1, 8), ((1 << 64) - 4, 8), ((1 << 63) - 2, 8), (1 << 47, 8), (4096, 0), (4096, -3)]
)
def test_odd_addresses_read_nothing(memory: LiveMemory, address: int, size: int) -> None:
    assert memory.read(address, size) == b""


class Hung:
    """A reader that never answers, and counts who asks."""

    def __init__(self) -> None:
        self.asked = 0

    def ask(self, asks: list[Ask]) -> list[Missing]:
        self.asked += 1
        return [Missing(Reason.TIMED_OUT)] * len(asks)


def test_a_page_that_hangs_is_asked_for_once() -> None:
    hung = Hung()
    memory = LiveMemory(hung, "/proc/1/mem")  # type: ignore[arg-type]
    assert memory.read(0x10000, 8) == b""
    assert memory.read(0x90000, 8) == b""
    assert hung.asked == 1
