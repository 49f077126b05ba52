"""Structures: members laid out as the C compiler of that architecture does."""

from typing import Final, NamedTuple

from explorer.decode.syscall import memory
from explorer.decode.syscall.call import Frame, Printer
from explorer.decode.syscall.reads import Read, Reads
from explorer.decode.syscall.value import address, struct
from explorer.model.trace import Value

SIZES: Final = {"b": 1, "B": 1, "h": 2, "H": 2, "i": 4, "I": 4, "q": 8, "Q": 8}


class Member(NamedTuple):
    """name: "" for a gap that is not shown. code: as in the struct module, and l L P for a long, unsigned long, pointer."""

    name: str
    code: str
    printer: Printer | None = None


def plan(members: tuple[Member, ...], word: int) -> tuple[str, int]:
    """A format for memory.layout and the size: natural alignment; 64-bit members are aligned to 4 on i386."""
    out, offset, widest = "", 0, 1
    for member in members:
        code = {"l": "q" if word == 8 else "i", "L": "Q" if word == 8 else "I", "P": "Q" if word == 8 else "I"}.get(
            member.code, member.code
        )
        size = SIZES[code]
        step = min(size, word)
        gap = -offset % step
        out += f"{gap}x{code}" if gap else code
        offset += gap + size
        widest = max(widest, step)
    end = -offset % widest
    return out + (f"{end}x" if end else ""), offset + end


class Struct:
    """Reads a structure through a pointer and prints its members: {name=value, …}."""

    __slots__ = ("members", "narrow", "shown", "wide")

    def __init__(self, *members: Member) -> None:
        self.members = members
        self.wide, self.narrow = (memory.layout(plan(members, word)[0]) for word in (8, 4))
        self.shown = [(member.name, member.printer) for member in members]

    @property
    def reads(self) -> Reads:
        return (Read(size=self.wide.size, narrow=self.narrow.size),)

    def times(self, count: int) -> Reads:
        """So many of them, one after the other."""
        return tuple(read._replace(size=read.size * count, narrow=read.narrow * count) for read in self.reads)

    def size(self, frame: Frame) -> int:
        return (self.wide if frame.word == 8 else self.narrow).size

    def __call__(self, frame: Frame, raw: int) -> Value:
        found = memory.unpacked(frame.memory, raw, self.wide if frame.word == 8 else self.narrow)
        return address(raw) if found is None else self.value(frame, raw, found)

    def value(self, frame: Frame, raw: int, found: tuple[int, ...]) -> Value:
        """From numbers in the order of the members."""
        parts = []
        for (name, printer), number in zip(self.shown, found, strict=True):
            if printer is not None and (value := printer(frame, number)) is not None:
                parts.append((name, value))
        return struct(raw, parts)
