"""Modes and devices."""

from explorer.decode.syscall.args.mode import device_text, mode_text
from tests.decode.syscall.decoded import text
from tests.memory import Written


def test_modes_and_devices() -> None:
    assert mode_text(0o100644) == "S_IFREG|0644"
    assert mode_text(0o041777) == "S_IFDIR|S_ISVTX|0777"
    assert mode_text(0o104755) == "S_IFREG|S_ISUID|0755"
    assert mode_text(0o100000) == "S_IFREG|000"
    assert device_text(0x8803) == "makedev(0x88, 0x3)"
    assert device_text(0x100) == "makedev(0x1, 0)"


def test_only_devices_have_a_number() -> None:
    memory = Written(at_10=b"n\0")
    assert text("mknod", 0x10, 0o020600, 0x103, memory=memory) == 'mknod("n", S_IFCHR|0600, makedev(0x1, 0x3)'
    assert text("mknod", 0x10, 0o010600, 0x103, memory=memory) == 'mknod("n", S_IFIFO|0600'
