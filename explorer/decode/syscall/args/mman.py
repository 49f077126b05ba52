"""Protection, mapping kinds and flags, offsets."""

from functools import lru_cache

from explorer.decode.constants import mman as table
from explorer.decode.constants.eventfd import MFD
from explorer.decode.syscall.args.flags import Choice, Flags, named
from explorer.decode.syscall.call import Frame
from explorer.model.trace import Value

PROT = Flags(table.PROT, "PROT")
ADVICE = Choice(table.ADVICE, "MADV")
KIND, HUGE_SHIFT, HUGE_MASK, HUGETLB = 0xF, 26, 0x3F, 0x40000
PAGE_OFFSET = 12


def MAP_FLAGS(_frame: Frame, raw: int) -> Value:
    """MAP_PRIVATE|MAP_ANONYMOUS; the size of huge pages as 21<<MAP_HUGE_SHIFT."""
    return Value(raw, map_flags(raw & 0xFFFFFFFF))


@lru_cache(1024)
def map_flags(low: int) -> str:
    kind, rest = low & KIND, low & ~KIND
    huge = rest >> HUGE_SHIFT & HUGE_MASK if rest & HUGETLB else 0
    rest &= ~(huge << HUGE_SHIFT)
    shown = [table.MAP_TYPES.get(kind, f"{kind:#x} /* MAP_??? */" if kind else "MAP_FILE")]
    if rest:
        text = named(rest, table.MAP, "MAP")
        shown.append(text.partition(" /*")[0])
    if huge:
        shown.append(f"{huge}<<MAP_HUGE_SHIFT")
    return "|".join(shown)


def MFD_FLAGS(_frame: Frame, raw: int) -> Value:
    low = raw & 0xFFFFFFFF
    huge = low >> HUGE_SHIFT & HUGE_MASK
    rest = low & ~(HUGE_MASK << HUGE_SHIFT)
    if not huge:
        return Value(raw, named(low, MFD, "MFD"))
    return Value(raw, "|".join([*([named(rest, MFD, "MFD")] if rest else []), f"{huge}<<MFD_HUGE_SHIFT"]))


def OFFSET(_frame: Frame, raw: int) -> Value:
    return Value(raw, f"{raw:#x}" if raw else "0")


def PAGES(_frame: Frame, raw: int) -> Value:
    """mmap2's offset, in pages of 4096."""
    return OFFSET(_frame, raw << PAGE_OFFSET)


def NEW_ADDRESS(frame: Frame, raw: int) -> Value | None:
    """mremap's last argument, which only MREMAP_FIXED and MREMAP_DONTUNMAP look at."""
    return Value(raw, f"{raw:#x}" if raw else "NULL", (), "address") if frame["flags"] & 6 else None
