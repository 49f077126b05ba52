"""Lists in memory: so many items of one size, Style.string of them at most."""

from collections.abc import Callable
from typing import Final

from explorer.decode.syscall import memory
from explorer.decode.syscall.args.struct import Struct
from explorer.decode.syscall.call import Frame, Printer
from explorer.decode.syscall.value import ELLIPSIS, address, array
from explorer.model.trace import Value

Count = Callable[[Frame], int]
MOST: Final = 1024


class Array:
    """Structures one after the other; count: how many. Unreadable at its start: its address; further on: ... /* address */."""

    __slots__ = ("count", "item")

    def __init__(self, item: Struct, count: Count) -> None:
        self.item = item
        self.count = count

    def __call__(self, frame: Frame, raw: int) -> Value:
        if not raw:
            return address(raw)
        count = max(0, self.count(frame))
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
    """Packed numbers: code as in the struct module, l L for longs."""

    __slots__ = ("code", "count", "printer")

    def __init__(self, code: str, printer: Printer, count: Count) -> None:
        self.code = code
        self.printer = printer
        self.count = count

    def __call__(self, frame: Frame, raw: int) -> Value:
        if not raw:
            return address(raw)
        count = max(0, self.count(frame))
        shown = min(count, frame.style.string, MOST)
        code = {"l": "q" if frame.word == 8 else "i", "L": "Q" if frame.word == 8 else "I"}.get(self.code, self.code)
        found = memory.numbers(frame.memory, raw, code * shown)
        if found is None:
            return address(raw)
        parts = [("", value) for number in found if (value := self.printer(frame, number)) is not None]
        return array(raw, [*parts, ELLIPSIS] if count > shown else parts)


def one(code: str, printer: Printer) -> Numbers:
    """A pointer to one number: [5]."""
    return Numbers(code, printer, lambda _frame: 1)
