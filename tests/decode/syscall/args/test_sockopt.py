"""Sockets and their options."""

import struct

from tests.decode.syscall.decoded import arguments, text
from tests.memory import Written


def test_kinds_of_sockets() -> None:
    assert arguments("socket", 2, 0x80801, 6) == ["AF_INET", "SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK", "IPPROTO_TCP"]
    assert arguments("socket", 16, 3, 0) == ["AF_NETLINK", "SOCK_RAW", "NETLINK_ROUTE"]
    assert arguments("socket", 1, 1, 0) == ["AF_UNIX", "SOCK_STREAM", "0"]


def test_options() -> None:
    memory = Written(at_1000=struct.pack("<ii", 1, 5), at_2000=struct.pack("<i", 4), at_3000=b"cubic\0\0\0")
    assert text("setsockopt", 3, 1, 2, 0x1000, 4, memory=memory) == "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4"
    assert text("setsockopt", 3, 1, 13, 0x1000, 8, memory=memory) == "setsockopt(3, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, 8"
    assert text("setsockopt", 3, 6, 13, 0x3000, 5, memory=memory) == 'setsockopt(3, SOL_TCP, TCP_CONGESTION, "cubic", 5'
    assert text("getsockopt", 3, 1, 4, 0x1000, 0x2000, memory=memory) == "getsockopt(3, SOL_SOCKET, SO_ERROR, 0x1000, [4]"
    assert text("getsockopt", 3, 1, 4, 0x1000, 0x2000, memory=memory, result=0) == "getsockopt(3, SOL_SOCKET, SO_ERROR, [1], [4]) = 0"
    assert text("setsockopt", 3, 1, 2, 0x1000, 0x7FFFFFFF, memory=memory) == "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, 0x1000, 2147483647"
