"""Folders."""

import struct

from tests.decode.syscall.decoded import text
from tests.memory import Written


def test_entries_are_counted() -> None:
    entry = struct.pack("<QqHB", 1, 2, 24, 8) + b"x\0\0\0\0"
    assert (
        text("getdents64", 3, 0x1000, 100, memory=Written(at_1000=entry * 2), result=48)
        == "getdents64(3, 0x1000 /* 2 entries */, 100) = 48"
    )


def test_lengths_that_go_nowhere_end_the_count() -> None:
    entry = struct.pack("<QqHB", 1, 2, 0, 8) + bytes(20)
    assert "/* 0 entries */" in text("getdents64", 3, 0x1000, 100, memory=Written(at_1000=entry), result=24)


def test_a_huge_folder_is_an_address() -> None:
    shown = text("getdents64", 3, 0x1000, 1 << 20, memory=Written(at_1000=bytes(1 << 17)), result=1 << 17)
    assert shown == "getdents64(3, 0x1000, 1048576) = 131072"
