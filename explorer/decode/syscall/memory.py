"""Reading another process's memory without believing it: strings, numbers, pointers. What faults is None."""

from functools import cache
from struct import Struct
from typing import Final

from explorer.model.trace import Memory

FIRST: Final = 256
"""Bytes of a string that are read at once; the rest only where no NUL is among them."""


def block(memory: Memory, address: int, size: int) -> bytes | None:
    """Exactly size bytes, or None where not all of them can be read."""
    if address <= 0 or size < 0:
        return None
    found = memory.read(address, size)[:size]
    return found if len(found) == size else None


def string(memory: Memory, address: int, limit: int) -> tuple[bytes, bool] | None:
    """The bytes up to NUL, at most limit, and whether the end was seen. None where nothing can be read, or it faults before NUL."""
    if address <= 0:
        return None
    found = b""
    for size in (min(FIRST, limit + 1), limit + 1 - FIRST):
        if size <= 0:
            break
        more = memory.read(address + len(found), size)[:size]
        head, nul, _ = more.partition(b"\0")
        found += head
        if nul:
            return found[:limit], len(found) <= limit
        if len(more) < size:
            return None
    return found[:limit], False


@cache
def layout(formats: str) -> Struct:
    """A compiled little-endian layout."""
    return Struct("<" + formats)


def numbers(memory: Memory, address: int, formats: str) -> tuple[int, ...] | None:
    """Packed little-endian numbers, as struct.unpack; x86 and ARM Linux are both little-endian."""
    return unpacked(memory, address, layout(formats))


def unpacked(memory: Memory, address: int, compiled: Struct) -> tuple[int, ...] | None:
    """The same with a compiled layout."""
    if address <= 0:
        return None
    size = compiled.size
    raw = memory.read(address, size)
    return compiled.unpack_from(raw) if len(raw) >= size else None


def word(memory: Memory, address: int, size: int) -> int | None:
    """An unsigned number of 1, 2, 4 or 8 bytes."""
    raw = block(memory, address, size)
    return None if raw is None else int.from_bytes(raw, "little")
