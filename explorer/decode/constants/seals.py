"""Seals of a memfd, F_GET_SEALS of fcntl(2): include/uapi/linux/fcntl.h."""

from typing import Final

from explorer.decode.constants.bits import names

NAMES: Final[dict[int, str]] = {
    0x01: "F_SEAL_SEAL",
    0x02: "F_SEAL_SHRINK",
    0x04: "F_SEAL_GROW",
    0x08: "F_SEAL_WRITE",
    0x10: "F_SEAL_FUTURE_WRITE",
    0x20: "F_SEAL_EXEC",
}


def seal_names(seals: int) -> tuple[str, ...]:
    """Each seal by name; what has no name as one hex number."""
    return names(seals, NAMES)
