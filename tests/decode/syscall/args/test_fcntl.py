"""fcntl."""

import struct

from tests.decode.syscall.decoded import MINUS_ONE, text
from tests.memory import Written


def test_each_command_has_its_argument() -> None:
    lock = Written(at_1000=struct.pack("<hh4xqqi", 1, 0, 5, 10, 7))
    assert text("fcntl", 3, 3) == "fcntl(3, F_GETFL"
    assert text("fcntl", 3, 4, 0o4002) == "fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK"
    assert text("fcntl", 3, 7, 0x1000, memory=lock) == "fcntl(3, F_SETLKW, {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=5, l_len=10}"
    assert text("fcntl", 3, 5, 0x1000, memory=lock, result=0).endswith(", l_len=10, l_pid=7}) = 0")
    assert text("fcntl", 3, 1033, 9) == "fcntl(3, F_ADD_SEALS, F_SEAL_SEAL|F_SEAL_WRITE"
    assert text("fcntl", 3, 8, MINUS_ONE - 4) == "fcntl(3, F_SETOWN, -5"
    assert text("fcntl", 3, 1024, 2) == "fcntl(3, F_SETLEASE, F_UNLCK"


def test_each_command_has_its_result() -> None:
    assert text("fcntl", 3, 1, result=1) == "fcntl(3, F_GETFD) = 0x1 (flags FD_CLOEXEC)"
    assert text("fcntl", 3, 1, result=0) == "fcntl(3, F_GETFD) = 0"
    assert text("fcntl", 3, 3, result=2) == "fcntl(3, F_GETFL) = 0x2 (flags O_RDWR)"
    assert text("fcntl", 3, 1034, result=1) == "fcntl(3, F_GET_SEALS) = 0x1 (seals F_SEAL_SEAL)"
    assert text("fcntl", 3, 1025, result=2) == "fcntl(3, F_GETLEASE) = 0x2 (F_UNLCK)"
    assert text("fcntl", 3, 0, 9, result=9, opened={9: "/x"}) == "fcntl(3, F_DUPFD, 9) = 9</x>"
