"""Packet sockets: include/uapi/linux/packet_diag.h."""

import struct
from typing import Final

from explorer.decode.constants.ethertypes import NAMES
from explorer.decode.constants.sockets import AF_PACKET, TYPES
from explorer.decode.netlink.attributes import attributes, numbers
from explorer.model.socket import PacketSocket

REQUEST: Final = struct.Struct("=BBHII8x")
MESSAGE: Final = struct.Struct("=BBHI8x")
SHOW: Final = 1
"""PACKET_SHOW_INFO"""
INFO, MEMINFO = 0, 6


def request() -> bytes:
    """All packet sockets of a network namespace."""
    return REQUEST.pack(AF_PACKET, 0, 0, 0, SHOW)


def inode_of(payload: bytes) -> int:
    """The inode alone, 0 where there is none."""
    return int(MESSAGE.unpack_from(payload)[3]) if len(payload) >= MESSAGE.size else 0


def index_of(payload: bytes) -> int:
    """The number of the interface that it is bound to, 0 for any."""
    return next(iter(numbers(attributes(payload[MESSAGE.size :]).get(INFO, b""))), 0)


def decode(payload: bytes, interface: str = "") -> PacketSocket | None:
    """One answer. interface: the name of the one with index_of(payload)."""
    if len(payload) < MESSAGE.size:
        return None
    _, kind, protocol, inode = MESSAGE.unpack_from(payload)
    return PacketSocket(
        inode=inode,
        family="packet",
        type=TYPES.get(kind, str(kind)),
        protocol=protocol_name(protocol),
        interface=interface or "any",
    )


def protocol_name(number: int) -> str:
    """An ETH_P_ number by name, in hex where it has none; 0: it receives nothing yet."""
    return NAMES.get(number, f"{number:#06x}") if number else "none"
