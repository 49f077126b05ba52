"""Unix sockets: include/uapi/linux/unix_diag.h, net/unix/diag.c."""

import struct
from typing import Final

from explorer.decode.constants.sockets import AF_UNIX, STATES, TYPES
from explorer.decode.netlink.attributes import attributes, numbers
from explorer.decode.netlink.inet import SHUT
from explorer.decode.text import text
from explorer.model.socket import UnixSocket

REQUEST: Final = struct.Struct("=BBHIII8x")
MESSAGE: Final = struct.Struct("=4BI8x")
SHOW: Final = 1 | 4 | 8 | 16
"""UDIAG_SHOW_NAME | PEER | ICONS | RQLEN"""
NAME, PEER, ICONS, RQLEN, SHUTDOWN = 0, 2, 3, 4, 6
BOTH_WAYS: Final = b"\3"
"""Of a stream the kernel shuts both ways when the other end is closed (unix_release_sock of net/unix/af_unix.c)."""


def request() -> bytes:
    """All unix sockets of a network namespace."""
    return REQUEST.pack(AF_UNIX, 0, 0, 0xFFFFFFFF, 0, SHOW)


def inode_of(payload: bytes) -> int:
    """The inode alone, 0 where there is none."""
    return int(MESSAGE.unpack_from(payload)[4]) if len(payload) >= MESSAGE.size else 0


def decode(payload: bytes) -> UnixSocket | None:
    """One answer. Of a listener ICONS has the inodes of the clients whose connections wait to be accepted."""
    if len(payload) < MESSAGE.size:
        return None
    _, kind, state, _, inode = MESSAGE.unpack_from(payload)
    found = attributes(payload[MESSAGE.size :])
    queues = numbers(found.get(RQLEN, b""))
    receive, send = queues[:2] if len(queues) >= 2 else (0, 0)
    peer = next(iter(numbers(found.get(PEER, b""))), 0)
    shut = found.get(SHUTDOWN) or b"\0"
    return UnixSocket(
        inode=inode,
        family="unix",
        type=TYPES.get(kind, str(kind)),
        state=unix_state(state),
        receive_queue=receive,
        send_queue=send,
        path=path_text(found.get(NAME, b"")),
        peer=peer,
        waiting=tuple(filter(None, numbers(found.get(ICONS, b"")))),
        shutdown=SHUT[shut[0] & 3],
        hung_up=not peer and found.get(SHUTDOWN) == BOTH_WAYS,
    )


def unix_state(state: int) -> str:
    """Unix sockets use the numbers of TCP; CLOSE is every one that is neither connected nor listening."""
    return "" if state == 7 else STATES.get(state, str(state))


def path_text(name: bytes) -> str:
    """A path as it is, without its NUL; an abstract name with @ for its first NUL, as netstat and ss write it."""
    if name.startswith(b"\0"):
        return "@" + text(name[1:])
    return text(name.rstrip(b"\0"))
