"""Which file a unix socket is bound to: include/uapi/linux/unix_diag.h, sk_diag_dump_vfs() of net/unix/diag.c."""

import struct
from typing import Final

from explorer.decode.constants.sockets import AF_UNIX
from explorer.decode.fd.device import kernel_numbers
from explorer.decode.netlink.attributes import attributes
from explorer.decode.netlink.unix import MESSAGE, REQUEST, inode_of

SHOW: Final = 2
"""UDIAG_SHOW_VFS"""
VFS: Final = 1
FILE: Final = struct.Struct("=II")
"""struct unix_diag_vfs: the inode, of which the kernel tells 32 bits, and the device in its own form."""


def request() -> bytes:
    """All unix sockets of a network namespace."""
    return REQUEST.pack(AF_UNIX, 0, 0, 0xFFFFFFFF, 0, SHOW)


def decode(payload: bytes) -> tuple[int, tuple[int, int, int]] | None:
    """The socket's inode, and major, minor and inode (32 bits of it) of the file; None of one that is bound to none."""
    if len(payload) < MESSAGE.size:
        return None
    vfs = attributes(payload[MESSAGE.size :]).get(VFS, b"")
    if len(vfs) < FILE.size:
        return None
    inode, device = FILE.unpack_from(vfs)
    return inode_of(payload), (*kernel_numbers(device), inode)
