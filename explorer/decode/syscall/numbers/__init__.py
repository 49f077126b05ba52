"""System call numbers and the kernel's own prototypes, by architecture; only the one asked for is loaded.

Made by tools/make_syscall_tables.py from the sources of the kernel that each file names. A newer kernel: run it again.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Final

ARCHES: Final = ("x86_64", "i386", "aarch64")
X32_BIT: Final = 0x40000000
REGISTERS: Final = 6


@cache
def names(arch: str) -> Mapping[int, str]:
    """Number → name; of x32 without its bit. Empty for an architecture that we do not know."""
    if arch == "x32":
        table = import_module(f"{__name__}.x86_64")
        common = {number: name for number, name in table.NAMES.items() if number not in table.NOT_X32}
        return {**common, **table.X32}
    found: Mapping[int, str] = import_module(f"{__name__}.{arch}").NAMES if arch in ARCHES else {}
    return found


def abi(number: int, arch: str) -> str:
    """The table that a number is from: x86_64 numbers with bit 30 are x32 calls (arch/x86/include/uapi/asm/unistd.h)."""
    return "x32" if arch == "x86_64" and number & X32_BIT and number >= 0 else arch


def name(number: int, arch: str) -> str:
    """The call's name; of an unknown number what strace writes, syscall_0x1f4."""
    table = abi(number, arch)
    found = names(table).get(number & ~X32_BIT if table == "x32" else number)
    return found or f"syscall_{number & 0xFFFFFFFF:#x}"


@cache
def numbers(arch: str) -> Mapping[str, int]:
    """Name → number."""
    return {name: number for number, name in names(arch).items()}


@cache
def arguments(name: str, arch: str) -> tuple[tuple[str, str], ...] | None:
    """C type and name of each argument as the kernel takes them, one a register; None where no kernel says."""
    table = "x86_64" if arch == "x32" else arch
    if table not in ARCHES:
        return None
    listed: str | None = import_module(f"{__name__}.prototypes.{table}").ARGUMENTS.get(name)
    if listed is None:
        return None
    pairs = (argument.rpartition(" ") for argument in listed.split(", ") if argument)
    return tuple((kind, called) for kind, _, called in pairs)


def version(arch: str) -> str:
    """The kernel that the table is from, "Linux 7.2.13"."""
    first = (import_module(f"{__name__}.{arch}").__doc__ or "").partition(". Made")[0]
    return first.rpartition(", ")[2]
