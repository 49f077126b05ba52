"""Bits and choices by their names; what has no name in hexadecimal."""

from collections.abc import Mapping

from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.value import signed
from explorer.model.trace import Value

U32 = 0xFFFFFFFF


def named(value: int, names: Mapping[int, str], kind: str) -> str:
    """A|B|0x400: the names in the table's order, then what is left; 0x400 /* kind_??? */ where nothing has a name; 0."""
    if value in names:
        return names[value]
    if not value:
        return "0"
    left, found = value, []
    for bits, name in names.items():
        if bits and left & bits == bits:
            found.append(name)
            left &= ~bits
    if not found:
        return f"{value:#x} /* {kind}_??? */"
    return "|".join([*found, f"{left:#x}"] if left else found)


def choice(value: int, names: Mapping[int, str], kind: str) -> str:
    """The one name, or 0x400 /* kind_??? */."""
    if value in names:
        return names[value]
    return f"{value:#x} /* {kind}_??? */" if value else f"0 /* {kind}_??? */"


class Flags:
    """Bits that are ored. wide: a long, not an int. bare: what stands for no bit at all, else 0."""

    __slots__ = ("kind", "mask", "names")

    def __init__(self, names: Mapping[int, str], kind: str, *, wide: bool = False) -> None:
        self.names = names
        self.kind = kind
        self.mask = -1 if wide else U32

    def __call__(self, _frame: Frame, raw: int) -> Value:
        return Value(raw, named(raw & self.mask, self.names, self.kind))


class Choice:
    """One of several. negative: the table has negative numbers (waitid's, ptrace's), the register is an int."""

    __slots__ = ("kind", "names", "negative")

    def __init__(self, names: Mapping[int, str], kind: str, *, negative: bool = False) -> None:
        self.names = names
        self.kind = kind
        self.negative = negative

    def __call__(self, _frame: Frame, raw: int) -> Value:
        value = raw & U32
        if self.negative and (below := signed(raw)) in self.names:
            return Value(raw, self.names[below])
        return Value(raw, choice(value, self.names, self.kind))
