"""Lists in memory."""

import struct

from tests.decode.syscall.decoded import text
from tests.memory import Written


def test_as_many_as_asked_then_dots() -> None:
    memory = Written(at_1000=struct.pack("<ihh", 3, 1, 0) * 100)
    shown = text("poll", 0x1000, 100, 0, memory=memory)
    assert shown.count("{fd=3") == 32
    assert shown.endswith(", ...], 100, 0")


def test_where_it_cannot_be_read() -> None:
    memory = Written(at_1000=struct.pack("<ihh", 3, 1, 0))
    assert text("poll", 0x1000, 2, 0, memory=memory) == "poll([{fd=3, events=POLLIN}, ... /* 0x1008 */], 2, 0"
    assert text("poll", 0x5000, 2, 0, memory=memory) == "poll(0x5000, 2, 0"
    assert text("poll", 0x1000, 0, 0, memory=memory) == "poll([], 0, 0"


def test_two_numbers_that_the_call_made() -> None:
    memory = Written(at_1000=struct.pack("<ii", 3, 4))
    assert text("pipe2", 0x1000, 0, memory=memory, result=0, opened={3: "pipe:[1]"}) == "pipe2([3<pipe:[1]>, 4], 0) = 0"
    assert text("pipe2", 0x1000, 0, memory=memory) == "pipe2(0x1000, 0"
