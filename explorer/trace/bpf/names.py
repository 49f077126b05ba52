"""What a descriptor is, as the programs tell it: identity → the text that strace -y writes between < and >."""

from struct import Struct
from typing import Final, NamedTuple

from explorer.trace.bpf import layout

ADDRESS: Final = Struct("<3HBBHHI16s16sQ112s")
"""family, type, protocol, state, size of a path, ports, addresses (of IPv4 their first four bytes), the other end's inode, a path"""
UNLINKED, ROOTLESS, CUT, SOCKET = 1, 2, 4, 8
SOCKFS, PIPEFS, ANON, NSFS, PIDFS = 0x534F434B, 0x50495045, 0x09041934, 0x6E736673, 0x50494446
DELETED: Final = b" (deleted)"
MOST: Final = 4096


class Told(NamedTuple):
    """A name record. address: of a socket, ADDRESS's bytes; empty of others."""

    identity: int
    name: bytes
    inode: int
    device: int
    mode: int
    address: bytes


def told(raw: bytes, at: int) -> Told:
    """The name of a record at its place. Never raises on a record of the programs."""
    _, _, identity, _, _, flags, _, _, _, _, _, _, _, inode, device, magic, mode, count, _ = layout.HEAD.unpack_from(raw, at)
    at += layout.HEAD.size
    address = raw[at : at + ADDRESS.size] if flags & SOCKET else b""
    at += ADDRESS.size
    parts = []
    for _ in range(min(count, MOST)):
        end = raw.find(b"\0", at)
        parts.append(raw[at:end])
        at = end + 1
    return Told(identity & 0xFFFFFFFFFFFFFFFF, text(parts, flags, magic, inode), inode, device, mode & 0xFFFFFFFF, address)


def text(parts: list[bytes], flags: int, magic: int, inode: int) -> bytes:
    """As the link in /proc/PID/fd has it. parts: names, the last one first."""
    own = parts[0] if parts else b""
    if magic == SOCKFS:
        return b"socket:[%d]" % inode
    if magic == PIPEFS and flags & ROOTLESS:
        return b"pipe:[%d]" % inode
    if magic == ANON:
        return b"anon_inode:" + own
    if magic == PIDFS:
        return b"anon_inode:[pidfd]"
    if magic == NSFS:
        return b"%s:[%d]" % (own, inode)
    if flags & ROOTLESS:
        # Never in a directory: memfd, shared memory.
        return b"/" + b"/".join(reversed(parts)).lstrip(b"/") + DELETED
    path = (b"/\xe2\x80\xa6" if flags & CUT else b"") + b"/" + b"/".join(reversed(parts))
    return path + DELETED if flags & UNLINKED else path
