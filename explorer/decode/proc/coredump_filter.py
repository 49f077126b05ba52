"""/proc/PID/coredump_filter: which mappings a core dump would hold. Source: core(5)."""

from typing import Final

BITS: Final = (
    "private anonymous",
    "shared anonymous",
    "private file",
    "shared file",
    "ELF headers",
    "private huge pages",
    "shared huge pages",
    "private DAX",
    "shared DAX",
)


def decode(mask: int) -> tuple[str, ...]:
    """Words for the bits that are set, unknown ones in hex."""
    named = tuple(name for bit, name in enumerate(BITS) if mask >> bit & 1)
    rest = mask >> len(BITS) << len(BITS)
    return (*named, hex(rest)) if rest else named
