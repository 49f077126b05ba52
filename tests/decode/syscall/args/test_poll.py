"""poll and select."""

import struct

from tests.decode.syscall.decoded import text
from tests.memory import Written


def test_what_came_stands_after_the_result() -> None:
    before, after = (Written(at_1000=struct.pack("<ihhihh", 3, 1, 0, 4, 4, revents)) for revents in (0, 4))
    assert text("poll", 0x1000, 2, 5, memory=after, entry=before, result=1) == (
        "poll([{fd=3, events=POLLIN}, {fd=4, events=POLLOUT}], 2, 5) = 1 ([{fd=4, revents=POLLOUT}])"
    )
    assert text("poll", 0, 0, 5, result=0) == "poll(NULL, 0, 5) = 0 (Timeout)"


def test_sets_of_descriptors() -> None:
    memory = Written(at_1000=struct.pack("<Q", 0b101000), at_2000=struct.pack("<qq", 1, 0))
    assert text("select", 6, 0x1000, 0, 0, 0x2000, memory=memory, fds={3: "x"}) == "select(6, [3<x> 5], NULL, NULL, {tv_sec=1, tv_usec=0}"
    assert text("select", 4, 0x1000, 0, 0, 0x2000, memory=memory, result=1).endswith(" = 1 (in [3], left {tv_sec=1, tv_usec=0})")
    assert text("select", 1 << 30, 0x1000, 0, 0, 0, memory=memory) == "select(1073741824, 0x1000, NULL, NULL, NULL"


def test_a_mask_and_its_size() -> None:
    memory = Written(at_1000=struct.pack("<QQ", 0x2000, 8), at_2000=struct.pack("<Q", 2))
    assert text("pselect6", 0, 0, 0, 0, 0, 0x1000, memory=memory) == "pselect6(0, NULL, NULL, NULL, NULL, {sigmask=[INT], sigsetsize=8}"
