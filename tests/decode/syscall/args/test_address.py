"""Addresses."""

from tests.decode.syscall.decoded import arguments, syscall


def test_null_and_others() -> None:
    assert arguments("munmap", 0, 1) == ["NULL", "1"]
    assert arguments("munmap", 0x7F00, 1) == ["0x7f00", "1"]
    assert syscall("munmap", 5, 1).args[0][1].kind == "address"
