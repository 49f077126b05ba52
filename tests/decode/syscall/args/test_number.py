"""Numbers."""

from tests.decode.syscall.decoded import MINUS_ONE, arguments


def test_signs_widths_and_bases() -> None:
    assert arguments("lseek", 3, MINUS_ONE, 1)[1] == "-1"
    assert arguments("listen", 3, 0xFFFFFFFF)[1] == "-1"
    assert arguments("read", 3, 0, MINUS_ONE)[2] == "18446744073709551615"
    assert arguments("umask", 0o22) == ["022"]
    assert arguments("umask", 0) == ["000"]
    assert arguments("chown", 0, 0xFFFFFFFF, 5)[1:] == ["-1", "5"]
    assert arguments("chown", 0, 0xFFFF, 5, arch="i386")[1:] == ["-1", "5"]
    assert arguments("tuxcall", 5, 0)[:2] == ["0x5", "0x0"]
