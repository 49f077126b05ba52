"""collect/waits/sharing.py"""

from explorer.collect.glance import Glance
from explorer.collect.waits.sharing import place, sharers
from tests.fakeproc import FakeProc

SHARED = "7f0000001000-7f0000003000 rw-s 00001000 00:01 1027 /dev/zero (deleted)\n"
ELSEWHERE = "7e0000000000-7e0000004000 rw-s 00000000 00:01 1027 /dev/zero (deleted)\n"
PRIVATE = "7f0000001000-7f0000003000 rw-p 00000000 00:00 0\n"


def futex(address: int) -> str:
    return f"202 {address:#x} 0x0 0x2 0x0 0x0 0x0 0x7ffc 0x7fee\n"


def test_the_same_bytes_at_another_address(fakeproc: FakeProc) -> None:
    fakeproc.file("7/maps", SHARED)
    fakeproc.file("8/maps", ELSEWHERE)
    fakeproc.file("8/task/8/syscall", futex(0x7E0000001010))
    fakeproc.file("8/task/9/syscall", futex(0x7E0000002010))
    fakeproc.file("10/maps", PRIVATE)
    fakeproc.file("10/task/10/syscall", futex(0x7F0000001010))
    glance = Glance(fakeproc.system, 7)
    # Offset 0x1010 of the file: byte 0x10 of our mapping, which begins at 0x1000, and byte 0x1010 of theirs.
    assert list(sharers(glance, 0x7F0000001010)) == [(8, 8, 0x7E0000001010)]
    assert list(sharers(glance, 0x7F0000001020)) == []
    assert list(sharers(glance, 0x1000)) == []


def test_where_an_address_lies(fakeproc: FakeProc) -> None:
    fakeproc.file("7/maps", SHARED)
    fakeproc.file("8/maps", PRIVATE)
    glance = Glance(fakeproc.system, 7)
    assert place(glance, 7, 0x7F0000001010) == ((0, 1), 1027, 0x1010)
    assert place(glance, 7, 0x1000) is None
    assert place(glance, 8, 0x7F0000001010) is None
    assert place(glance, 9, 0x7F0000001010) is None
