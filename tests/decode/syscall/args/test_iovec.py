"""Scattered buffers."""

import struct

from tests.decode.syscall.decoded import text
from tests.memory import Written


def vectors() -> Written:
    return Written(at_1000=struct.pack("<QQQQ", 0x2000, 3, 0x3000, 4), at_2000=b"abc", at_3000=b"defg")


def test_what_is_written() -> None:
    assert text("writev", 1, 0x1000, 2, memory=vectors()) == 'writev(1, [{iov_base="abc", iov_len=3}, {iov_base="defg", iov_len=4}], 2'
    assert text("writev", 1, 0x1000, 3, memory=vectors()).endswith("... /* 0x1020 */], 3")
    assert text("writev", 1, 0x1000, 1 << 40, memory=vectors()).endswith("... /* 0x1020 */], 1099511627776")


def test_what_came_fills_them_in_turn() -> None:
    shown = text("readv", 0, 0x1000, 2, memory=vectors(), result=4)
    assert shown == 'readv(0, [{iov_base="abc", iov_len=3}, {iov_base="d", iov_len=4}], 2) = 4'
    assert text("readv", 0, 0x1000, 2, memory=vectors()) == "readv(0, 0x1000, 2"


def test_widths_of_i386() -> None:
    memory = Written(at_1000=struct.pack("<II", 0x2000, 3), at_2000=b"abc")
    assert text("writev", 1, 0x1000, 1, memory=memory, arch="i386") == 'writev(1, [{iov_base="abc", iov_len=3}], 1'
