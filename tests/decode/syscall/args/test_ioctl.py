"""ioctl."""

import struct

from tests.decode.syscall.decoded import text
from tests.memory import Written


def test_requests_by_name_with_their_arguments() -> None:
    memory = Written(at_1000=struct.pack("<HHHH", 24, 80, 0, 0), at_2000=struct.pack("<i", 5))
    assert text("ioctl", 0, 0x5414, 0x1000, memory=memory) == "ioctl(0, TIOCSWINSZ, {ws_row=24, ws_col=80, ws_xpixel=0, ws_ypixel=0}"
    assert text("ioctl", 0, 0x5413, 0x1000, memory=memory) == "ioctl(0, TIOCGWINSZ, 0x1000"
    assert text("ioctl", 0, 0x541B, 0x2000, memory=memory, result=0) == "ioctl(0, FIONREAD, [5]) = 0"
    assert text("ioctl", 0, 0x5451, 0x2000) == "ioctl(0, FIOCLEX"


def test_unknown_requests_in_their_parts() -> None:
    assert text("ioctl", 0, 0x80041234, 0x2000) == "ioctl(0, _IOC(_IOC_READ, 0x12, 0x34, 0x4), 0x2000"
