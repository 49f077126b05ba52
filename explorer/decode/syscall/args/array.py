"""Lists in memory: so many items of one size, Style.string of them at most."""

from typing import Final

from explorer.decode.syscall import memory
from explorer.decode.syscall.args.fd import FD
from explorer.decode.syscall.args.struct import SIZES, Struct
from explorer.decode.syscall.call import Frame, Printer
from explorer.decode.syscall.reads import RESULT, Read, Reads
from explorer.decode.syscall.value import ELLIPSIS, address, array
from explorer.model.trace import Value

Count = int | str
"""So many, or as the argument of that name says, or RESULT."""
MOST: Final = 1024
U32: Final = 0xFFFFFFFF
LONGS: Final = {"l": "q", "L": "Q"}
SHORT_LONGS: Final = {"l": "i", "L": "I"}


def counted(frame: Frame, count: Count) -> int:
    return count if isinstance(count, int) else (frame.result or 0) if count == RESULT else frame[count]


class Array:
    """Structures one after the other; count: how many. Unreadable at its start: its address; further on: ... /* address */."""

    __slots__ = ("count", "item")

    def __init__(self, item: Struct, count: Count) -> None:
        self.item = item
        self.count = count

    @property
    def reads(self) -> Reads:
        (one,) = self.item.reads
        return (one._replace(items=str(self.count)),)

    def __call__(self, frame: Frame, raw: int) -> Value:
        if not raw:
            return address(raw)
        count = counted(frame, self.count) & U32
        parts: list[tuple[str, Value]] = []
        size = self.item.size(frame)
        for index in range(min(count, frame.style.string, MOST)):
            value = self.item(frame, raw + index * size)
            if value.kind == "address":
                if not index:
                    return address(raw)
                parts.append(("", Value(value.raw, f"... /* {value.raw:#x} */")))
                return array(raw, parts)
            parts.append(("", value))
        if count > len(parts):
            parts.append(ELLIPSIS)
        return array(raw, parts)


class Numbers:
    """Packed numbers: code as in the struct module, l L for longs. unless: none where that argument is 0."""

    __slots__ = ("code", "count", "printer", "short", "unless")

    def __init__(self, code: str, printer: Printer, count: Count, unless: str = "") -> None:
        self.code = LONGS.get(code, code)
        self.short = SHORT_LONGS.get(code, code)
        self.printer = printer
        self.count = count
        self.unless = unless

    @property
    def reads(self) -> Reads:
        size, narrow = SIZES[self.code], SIZES[self.short]
        fds = "int" if self.printer is FD else ""
        if isinstance(self.count, int):
            return (Read(size=size * self.count, narrow=narrow * self.count, fds=fds),)
        return (Read(size=size, narrow=narrow, items=self.count, fds=fds),)

    def __call__(self, frame: Frame, raw: int) -> Value:
        if not raw:
            return address(raw)
        count = max(0, counted(frame, self.count)) if not self.unless or frame[self.unless] else 0
        shown = min(count, frame.style.string, MOST)
        code = self.code if frame.word == 8 else self.short
        found = memory.numbers(frame.memory, raw, f"{shown}{code}")
        if found is None:
            return address(raw)
        parts = [("", value) for number in found if (value := self.printer(frame, number)) is not None]
        return array(raw, [*parts, ELLIPSIS] if count > shown else parts)


def one(code: str, printer: Printer) -> Numbers:
    """A pointer to one number: [5]."""
    return Numbers(code, printer, 1)
