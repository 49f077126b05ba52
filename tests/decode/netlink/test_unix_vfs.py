"""Which file a unix socket is bound to."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.netlink import unix_vfs
from explorer.decode.netlink.unix import MESSAGE


def answer(inode: int, attributes: bytes) -> bytes:
    return MESSAGE.pack(1, 1, 10, 0, inode) + attributes


def test_file_and_device() -> None:
    vfs = struct.pack("=HHII", 12, unix_vfs.VFS, 131, 8 << 20 | 1)
    assert unix_vfs.decode(answer(77, vfs)) == (77, (8, 1, 131))
    assert unix_vfs.decode(answer(77, b"")) is None
    assert unix_vfs.decode(answer(77, struct.pack("=HHI", 8, unix_vfs.VFS, 131))) is None


@given(st.binary())
def test_any_bytes_are_read(raw: bytes) -> None:
    found = unix_vfs.decode(raw)
    assert found is None or len(found[1]) == 3
