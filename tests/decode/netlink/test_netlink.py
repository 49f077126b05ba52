"""decode/netlink/netlink.py"""

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.netlink.attributes import attribute
from explorer.decode.netlink.netlink import bits, decode, inode_of


def test_a_socket_with_groups() -> None:
    raw = (
        struct.pack("=4B4I8x", 16, 3, 0, 7, 812, 0, 0, 99)
        + attribute(1, b"\x05\0\0\0\0\0\0\x80")
        + attribute(0, struct.pack("=9I", 5, 0, 6, *range(6)))
    )
    found = decode(raw)
    assert found is not None
    assert (found.protocol, found.port, found.type, found.groups) == ("ROUTE", 812, "raw", (1, 3, 64))
    assert (found.receive_queue, found.send_queue, found.address) == (5, 6, "ROUTE:812")
    assert inode_of(raw) == 99


@settings(max_examples=50)
@given(st.binary(max_size=80))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
    inode_of(raw)
    bits(raw)
