"""What the kernel writes."""

import struct

from tests.decode.syscall.decoded import text
from tests.memory import Written


def test_before_after_and_failed() -> None:
    memory = Written(at_1000=struct.pack("<qq", 1, 2))
    assert text("clock_gettime", 0, 0x1000, memory=memory) == "clock_gettime(CLOCK_REALTIME, 0x1000"
    assert text("clock_gettime", 0, 0x1000, memory=memory, result=0) == "clock_gettime(CLOCK_REALTIME, {tv_sec=1, tv_nsec=2}) = 0"
    assert text("clock_gettime", 0, 0x1000, memory=memory, result=-22).startswith("clock_gettime(CLOCK_REALTIME, 0x1000) = -1 EINVAL")


def test_in_and_out() -> None:
    before, after = Written(at_1000=struct.pack("<q", 0)), Written(at_1000=struct.pack("<q", 9))
    assert text("sendfile", 4, 3, 0x1000, 9, memory=after, entry=before, result=9) == "sendfile(4, 3, [0] => [9], 9) = 9"
    assert text("sendfile", 4, 3, 0x1000, 9, memory=after, result=9) == "sendfile(4, 3, [9], 9) = 9"
    assert text("sendfile", 4, 3, 0, 9, memory=after, result=9) == "sendfile(4, 3, NULL, 9) = 9"
