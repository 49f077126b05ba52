"""decode/netlink/packet.py"""

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.netlink.attributes import attribute
from explorer.decode.netlink.packet import decode, index_of, inode_of, protocol_name


def test_protocol_and_interface() -> None:
    raw = struct.pack("=BBHI8x", 17, 3, 0x88CC, 5) + attribute(0, struct.pack("=6I", 2, 0, 0, 0, 0, 0))
    found = decode(raw, "eth0")
    assert found is not None
    assert (found.protocol, found.interface, found.type, found.address) == ("LLDP", "eth0", "raw", "LLDP on eth0")
    assert (index_of(raw), inode_of(raw)) == (2, 5)
    anywhere = decode(struct.pack("=BBHI8x", 17, 2, 3, 5))
    assert anywhere is not None
    assert (anywhere.protocol, anywhere.interface) == ("ALL", "any")


def test_names() -> None:
    assert [protocol_name(number) for number in (3, 0x0800, 0x9999, 0)] == ["ALL", "IP", "0x9999", "none"]


@settings(max_examples=50)
@given(st.binary(max_size=80))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
    inode_of(raw)
    index_of(raw)
