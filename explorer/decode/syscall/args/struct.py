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

    __slots__ = ("members", "plans")

    def __init__(self, *members: Member) -> None:
        self.members = members
        self.plans: dict[int, tuple[str, int]] = {}

    def plan(self, frame: Frame) -> tuple[str, int]:
        if frame.word not in self.plans:
            self.plans[frame.word] = plan(self.members, frame.word)
        return self.plans[frame.word]

    @property
    def reads(self) -> Reads:
        return (Read(size=plan(self.members, 8)[1], narrow=plan(self.members, 4)[1]),)

    def times(self, count: int) -> Reads:
        """So many of them, one after the other."""
        return tuple(read._replace(size=read.size * count, narrow=read.narrow * count) for read in self.reads)

    def size(self, frame: Frame) -> int:
        return self.plan(frame)[1]

    def __call__(self, frame: Frame, raw: int) -> Value:
        found = memory.numbers(frame.memory, raw, self.plan(frame)[0])
        return address(raw) if found is None else self.value(frame, raw, found)

    def value(self, frame: Frame, raw: int, found: tuple[int, ...]) -> Value:
        """From numbers in the order of the members."""
        parts = []
        for member, number in zip(self.members, found, strict=True):
            if member.printer is not None and (value := member.printer(frame, number)) is not None:
                parts.append((member.name, value))
        return struct(raw, parts)
