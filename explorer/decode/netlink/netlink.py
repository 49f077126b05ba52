"""Netlink sockets themselves: include/uapi/linux/netlink_diag.h."""

import struct
from typing import Final

from explorer.decode.constants.sockets import AF_NETLINK, NETLINK_PROTOCOLS, TYPES
from explorer.decode.netlink.attributes import attributes, numbers
from explorer.model.socket import NetlinkSocket

REQUEST: Final = struct.Struct("=BBHII8x")
MESSAGE: Final = struct.Struct("=4B4I8x")
ALL_PROTOCOLS: Final = 255
SHOW: Final = 1 | 2
"""NDIAG_SHOW_MEMINFO | GROUPS"""
MEMINFO, GROUPS = 0, 1


def request() -> bytes:
    """All netlink sockets of a network namespace."""
    return REQUEST.pack(AF_NETLINK, ALL_PROTOCOLS, 0, 0, SHOW)


def inode_of(payload: bytes) -> int:
    """The inode alone, 0 where there is none."""
    return int(MESSAGE.unpack_from(payload)[7]) if len(payload) >= MESSAGE.size else 0


def decode(payload: bytes) -> NetlinkSocket | None:
    """One answer. The first number of MEMINFO is what waits to be read, the third what was sent (SK_MEMINFO_*)."""
    if len(payload) < MESSAGE.size:
        return None
    _, kind, protocol, _, port, _, _, inode = MESSAGE.unpack_from(payload)
    found = attributes(payload[MESSAGE.size :])
    memory = numbers(found.get(MEMINFO, b""))
    return NetlinkSocket(
        inode=inode,
        family="netlink",
        type=TYPES.get(kind, str(kind)),
        protocol=NETLINK_PROTOCOLS.get(protocol, str(protocol)),
        receive_queue=memory[0] if memory else 0,
        send_queue=memory[2] if len(memory) > 2 else 0,
        port=port,
        groups=bits(found.get(GROUPS, b"")),
    )


def bits(mask: bytes) -> tuple[int, ...]:
    """The groups of a bit mask, the first is 1."""
    number = sum(word << 32 * index for index, word in enumerate(numbers(mask)))
    return tuple(index + 1 for index in range(number.bit_length()) if number >> index & 1)
