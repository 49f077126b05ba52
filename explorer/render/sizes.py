"""Bytes as people read them, in units of 1024."""

from typing import Final

UNITS: Final = "BKMGTPE"


def size(count: int) -> str:
    """Of a file or a rate, at most five columns: 512, 1.2K, 84K, 1.2M, 212M, 3.1G; a decimal below ten of a unit."""
    return written(count, decimals_from=1)


def short_size(count: int) -> str:
    """Of a process's memory, at most five columns: 512, 84K, 9M, 212M, 1.2G; a decimal only where a unit is a gigabyte or more."""
    return written(count, decimals_from=3)


def written(count: int, decimals_from: int) -> str:
    """The number and its unit's letter; a decimal below ten from that unit on (1: K)."""
    sign, amount, unit = ("-" if count < 0 else ""), float(abs(count)), 0
    while amount >= 999.5 and unit < len(UNITS) - 1:
        amount /= 1024
        unit += 1
    letter = UNITS[unit] if unit else ""
    if unit >= decimals_from and amount < 9.95:
        return f"{sign}{amount:.1f}{letter}"
    return f"{sign}{amount:.0f}{letter}"


def of_total(used: int, total: int) -> str:
    """Used out of total in the total's unit, as the top line has it: 3.1/24.0G."""
    unit = 0
    while total / 1024**unit >= 999.5 and unit < len(UNITS) - 1:
        unit += 1
    letter = UNITS[unit] if unit else ""
    return f"{used / 1024**unit:.1f}/{total / 1024**unit:.1f}{letter}" if unit else f"{used}/{total}"
