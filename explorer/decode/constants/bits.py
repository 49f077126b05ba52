"""Bits of a mask by name."""

from collections.abc import Mapping


def names(mask: int, table: Mapping[int, str]) -> tuple[str, ...]:
    """Each name of the table whose bits are all set, a wider one before those that it holds; the rest as one hex number."""
    found, rest = [], mask
    for bits, name in table.items():
        if bits and rest & bits == bits:
            found.append(name)
            rest &= ~bits
    return (*found, f"{rest:#x}") if rest else tuple(found)
