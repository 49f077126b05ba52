"""Sockets between a virtual machine and its host: include/uapi/linux/vm_sockets_diag.h, vsock(7)."""

import struct
from typing import Final

from explorer.decode.constants.sockets import AF_VSOCK, STATES, TYPES
from explorer.model.socket import VsockSocket

REQUEST: Final = struct.Struct("=BBHIII8x")
MESSAGE: Final = struct.Struct("=4B5I8x")
ANY: Final = 0xFFFFFFFF


def request() -> bytes:
    """All vsock sockets."""
    return REQUEST.pack(AF_VSOCK, 0, 0, 0xFFFFFFFF, 0, 0)


def inode_of(payload: bytes) -> int:
    """The inode alone, 0 where there is none."""
    return int(MESSAGE.unpack_from(payload)[8]) if len(payload) >= MESSAGE.size else 0


def decode(payload: bytes) -> VsockSocket | None:
    """One answer."""
    if len(payload) < MESSAGE.size:
        return None
    _, kind, state, _, local_cid, local_port, remote_cid, remote_port, inode = MESSAGE.unpack_from(payload)
    name = STATES.get(state, str(state))
    return VsockSocket(
        inode=inode,
        family="vsock",
        type=TYPES.get(kind, str(kind)),
        state="" if name == "CLOSE" else name,
        local=end(local_cid, local_port),
        remote=end(remote_cid, remote_port) if name != "LISTEN" else (-1, -1),
    )


def end(cid: int, port: int) -> tuple[int, int]:
    """CID and port, -1 for any."""
    return -1 if cid == ANY else cid, -1 if port == ANY else port
