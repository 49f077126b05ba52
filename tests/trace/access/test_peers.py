"""trace/access/peers.py: addresses of sockets."""

import socket
from struct import pack

from explorer.model.trace import Call
from explorer.trace.access.peers import address, unix_path, written
from explorer.trace.payload import Captured

INET = pack("<H", socket.AF_INET) + pack(">H", 80) + bytes([10, 0, 0, 5]) + bytes(8)


def test_written() -> None:
    assert written(INET) == "10.0.0.5:80"
    six = pack("<H", socket.AF_INET6) + pack(">H", 443) + bytes(4) + socket.inet_pton(socket.AF_INET6, "2001:db8::1") + bytes(4)
    assert written(six) == "[2001:db8::1]:443"
    mapped = pack("<H", socket.AF_INET6) + pack(">H", 443) + bytes(4) + socket.inet_pton(socket.AF_INET6, "::ffff:1.2.3.4")
    assert written(mapped) == "1.2.3.4:443"
    assert [written(raw) for raw in (b"", INET[:5], six[:10], b"\x01\0/run/x", b"\xff" * 30)] == [""] * 5


def test_unix_paths() -> None:
    assert unix_path(b"\x01\0/run/x\0junk") == b"/run/x"
    assert unix_path(b"\x01\0\0abstract") == b"@abstract"
    assert [unix_path(raw) for raw in (b"", b"\x01\0", INET)] == [b"", b"", b""]


def test_of_calls() -> None:
    given, filled = Captured(), Captured()
    given.pieces = [(0x1000, INET)]
    filled.pieces = [(0x1000, INET), (0x2000, pack("<I", 16))]
    assert address("connect", (3, 0x1000, 16, 0, 0, 0), Call(42, (), entry=given)) == INET
    assert address("sendto", (3, 0, 0, 0, 0x1000, 16), Call(44, (), memory=given)) == INET
    assert address("sendto", (3, 0, 0, 0, 0, 0), Call(44, (), memory=given)) == b""
    assert address("accept4", (3, 0x1000, 0x2000, 0, 0, 0), Call(288, (), memory=filled)) == INET
    assert address("accept4", (3, 0, 0, 0, 0, 0), Call(288, (), memory=filled)) == b""
