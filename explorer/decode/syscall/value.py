"""Values put together as strace writes them: structs and lists from their parts."""

from collections.abc import Iterable

from explorer.model.trace import Value

Parts = Iterable[tuple[str, Value]]
DELETED = " (deleted)"
ELLIPSIS = ("", Value(0, "..."))


def shown(value: Value) -> str:
    """The text with the note of a descriptor: 8<eventpoll>; 5</tmp/x>(deleted)."""
    if not value.note or value.kind != "fd":
        return value.text
    if value.note.endswith(DELETED):
        return f"{value.text}<{value.note.removesuffix(DELETED)}>(deleted)"
    return f"{value.text}<{value.note}>"


def struct(raw: int, parts: Parts) -> Value:
    """{name=value, …}; a part without a name is written bare."""
    kept = tuple(parts)
    return Value(raw, "{" + joined(kept) + "}", kept, "struct")


def array(raw: int, parts: Parts, separator: str = ", ", before: str = "") -> Value:
    """[item, …]. before: what stands in front of the bracket: ~ for a signal set told by what is not in it."""
    kept = tuple(parts)
    return Value(raw, f"{before}[{joined(kept, separator)}]", kept, "list")


def joined(parts: Parts, separator: str = ", ") -> str:
    return separator.join(
        [
            (f"{name}={shown(value)}" if value.note else f"{name}={value.text}") if name else shown(value) if value.note else value.text
            for name, value in parts
        ]
    )


def address(raw: int) -> Value:
    """NULL or a hexadecimal address."""
    return Value(raw, f"{raw:#x}" if raw else "NULL", (), "address")


def signed(raw: int, bits: int = 32) -> int:
    """The low bits as a two's complement number."""
    if bits == 32:
        low = raw & 0xFFFFFFFF
        return low - 0x100000000 if low & 0x80000000 else low
    low = raw & ((1 << bits) - 1)
    return low - (1 << bits) if low >> (bits - 1) else low
