"""Which rows of a batch a column chooses, told for all of them at once: a byte a row, 1 where it does.

A column's bytes are taken apart into planes (every fourth byte of a column of 32 bits is one), which bytes.translate and int's &
go through at a nanosecond a row; going from value to value costs thirty.
"""

from array import array
from collections.abc import Iterable
from itertools import repeat
from typing import Final

OPPOSITE: Final = bytes([1, 0]) + bytes(254)
ONLY: Final = [bytes(value == one for value in range(256)) for one in range(256)]
"""Tables that make 1 of one byte, and 0 of all others."""
GROUPS: Final = 8
"""Values that differ in more than their lowest byte, so many of which are looked for in planes."""


class Chosen:
    """Rows whose value is one of the items; but: is none of them."""

    def __init__(self, items: Iterable[int], *, but: bool = False) -> None:
        self.items = frozenset(items)
        self.but = but
        self.groups: dict[int, list[tuple[bytes, bytes]]] = {}
        """By bytes of a value: the upper bytes of some items, and a table of their lowest ones."""

    def __call__(self, column: "array[int]", low: int, high: int) -> bytes:
        part = column[low:high]
        size, rows = part.itemsize, len(part)
        groups = self.groups.get(size)
        if groups is None:
            groups = self.groups[size] = grouped(self.items, size)
        flags = bytes(rows)
        if len(groups) > GROUPS:
            flags = bytes(map(self.items.__contains__, part))
        elif groups:
            planes = part.tobytes()
            lowest, *above = (planes[place::size] for place in range(size))
            for upper, table in groups:
                found = lowest.translate(table)
                for value, plane in zip(upper, above, strict=True):
                    # Mostly all rows have the same upper bytes.
                    if plane.count(value) != rows:
                        found = both(found, plane.translate(ONLY[value]))
                flags = found if len(groups) == 1 else either(flags, found)
        return flags.translate(OPPOSITE) if self.but else flags


def grouped(items: Iterable[int], size: int) -> list[tuple[bytes, bytes]]:
    """Upper bytes, and a table of the lowest ones; what no column of that size can hold is left away."""
    found: dict[bytes, set[int]] = {}
    for item in items:
        if -(1 << (8 * size - 1)) <= item < 1 << (8 * size - 1):
            raw = item.to_bytes(size, "little", signed=True)
            found.setdefault(raw[1:], set()).add(raw[0])
    return [(upper, bytes(value in lower for value in range(256))) for upper, lower in found.items()]


def both(one: bytes, other: bytes) -> bytes:
    """1 where both have it."""
    return (int.from_bytes(one, "little") & int.from_bytes(other, "little")).to_bytes(len(one), "little")


def either(one: bytes, other: bytes) -> bytes:
    """1 where one of them has it."""
    return (int.from_bytes(one, "little") | int.from_bytes(other, "little")).to_bytes(len(one), "little")


def all_of(every: Iterable[bytes], size: int) -> bytes:
    """1 where each of them has it; everywhere where there are none."""
    found = bytes(repeat(1, size))
    for flags in every:
        found = both(found, flags)
    return found
