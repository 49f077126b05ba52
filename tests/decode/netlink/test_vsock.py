"""decode/netlink/vsock.py"""

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.netlink.vsock import ANY, decode, inode_of


def test_cid_and_port() -> None:
    raw = struct.pack("=4B5I8x", 40, 1, 10, 0, ANY, 12345, ANY, ANY, 9)
    found = decode(raw)
    assert found is not None
    assert (found.state, found.local, found.remote, found.address) == ("LISTEN", (-1, 12345), (-1, -1), "*:12345")
    assert inode_of(raw) == 9
    talking = decode(struct.pack("=4B5I8x", 40, 1, 1, 0, 3, 1024, 2, 22, 9))
    assert talking is not None
    assert talking.address == "3:1024 ↔ 2:22"


@settings(max_examples=50)
@given(st.binary(max_size=60))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
    inode_of(raw)
