"""Mapping."""

from tests.decode.syscall.decoded import MINUS_ONE, arguments, text


def test_kinds_flags_and_offsets() -> None:
    assert arguments("mmap", 0, 1, 0, 0x22, MINUS_ONE, 0x3000)[2:] == ["PROT_NONE", "MAP_PRIVATE|MAP_ANONYMOUS", "-1", "0x3000"]
    assert arguments("mmap", 0, 1, 5, 0x40001 | 21 << 26, 3, 0)[3] == "MAP_SHARED|MAP_HUGETLB|21<<MAP_HUGE_SHIFT"
    assert arguments("mmap", 0, 1, 5, 0x22000000, 3, 0)[3].startswith("MAP_FILE|")


def test_arguments_that_no_flag_asks_for() -> None:
    assert text("mremap", 0x10, 1, 2, 1, 0x20) == "mremap(0x10, 1, 2, MREMAP_MAYMOVE"
    assert text("mremap", 0x10, 1, 2, 3, 0x20) == "mremap(0x10, 1, 2, MREMAP_MAYMOVE|MREMAP_FIXED, 0x20"
