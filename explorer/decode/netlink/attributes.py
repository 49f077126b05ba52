"""Attributes of netlink messages: netlink(7), include/uapi/linux/netlink.h."""

import struct
from typing import Final

ATTRIBUTE: Final = struct.Struct("=HH")


def attributes(data: bytes) -> dict[int, bytes]:
    """Type → value; ends where a length makes no sense."""
    found, offset = dict[int, bytes](), 0
    while offset + ATTRIBUTE.size <= len(data):
        length, kind = ATTRIBUTE.unpack_from(data, offset)
        if length < ATTRIBUTE.size or offset + length > len(data):
            break
        found[kind] = data[offset + ATTRIBUTE.size : offset + length]
        offset += length + 3 & ~3
    return found


def attribute(kind: int, value: bytes) -> bytes:
    """One attribute, padded."""
    return ATTRIBUTE.pack(ATTRIBUTE.size + len(value), kind) + value + bytes(-len(value) % 4)


def numbers(value: bytes) -> tuple[int, ...]:
    """An attribute that is an array of 32-bit numbers; what is left over at the end is left out."""
    return struct.unpack(f"={len(value) // 4}I", value[: len(value) // 4 * 4])
