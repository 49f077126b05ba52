"""A look at a descriptor's data as lines: text with the numbers of its lines, or a hexdump, and where the process stands in it."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from explorer.model.missing import Missing
from explorer.model.peek import Look, Peeked, Waiting
from explorer.render.missing import sentence
from explorer.render.piece import Line, Role, piece, plain
from explorer.render.sizes import size
from explorer.render.width import cut, width
from explorer.render.wrap import wrap

ROWS_BEFORE: Final = 1000
ROWS_AFTER: Final = 200
"""So many lines of what is looked at are shown."""
TAB: Final = 8
RULE: Final = 160
"""Columns of the longest rule."""
CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
FEW: Final = 0.05
LOOKED: Final = 4096


class Shown(NamedTuple):
    """lines: all that can be scrolled through. place: the index of the line that says where the process stands; -1 for none."""

    lines: tuple[Line, ...]
    place: int = -1


def is_binary(data: bytes) -> bool:
    """Whether it is no text, by its last bytes: a zero, or more than a few control characters and bytes that are no UTF-8."""
    part = data[-LOOKED:]
    if b"\0" in part:
        return True
    strange = len(CONTROL.findall(part)) + sum("\udc80" <= char <= "\udcff" for char in part.decode("utf-8", "surrogateescape")[4:])
    return strange > FEW * len(part)


def title(look: Look) -> Line:
    """What it is, and how much there is."""
    name = look.name.removesuffix(" (deleted)") if isinstance(look, Peeked) and look.deleted else look.name
    if isinstance(look, Waiting) and look.kind and name.startswith("socket:"):
        name = look.kind  # its addresses say more than its inode
    head = (piece("Peek "), piece(f"{look.number} {name}", Role.NAME))
    if isinstance(look, Waiting):
        return (*head, *waits(look))
    return (*head, piece(f"   {size(look.size)}", Role.SECONDARY), *((piece(" deleted", Role.MIND),) if look.deleted else ()))


def waits(look: Waiting) -> Line:
    """41 bytes to be read, 0 not sent yet"""
    if isinstance(look.to_read, Missing):
        return (piece("   how much waits is not known", Role.MIND),)
    if look.count == "connections":
        return (piece(f"   {look.to_read:,} of {look.room:,} connections wait to be accepted"),)
    parts = [f"{look.to_read:,}{f' of {look.room:,}' if look.room else ''} bytes to be read"]
    if look.pieces:
        parts[0] += f" in {look.pieces:,}"
    if look.readers is not None and look.writers is not None:
        parts += [ends(look.readers, "read"), ends(look.writers, "write")]
    if look.unsent is not None:
        parts.append(f"{look.unsent:,} not sent yet")
    return (piece("   " + ", ".join(parts)),)


def ends(count: int, does: str) -> str:
    """2 read, nobody writes"""
    return f"nobody {does}s" if not count else f"1 {does}s" if count == 1 else f"{count} {does}"


def shown(look: Look, columns: int, *, hexadecimal: bool | None = None) -> Shown:
    """Its lines, at most so many columns wide. hexadecimal: None for a dump where it is no text."""
    if isinstance(look, Waiting):
        return waiting(look, columns, hexadecimal)
    binary = is_binary(look.before[-LOOKED:] + look.after[:LOOKED]) if hexadecimal is None else hexadecimal
    before, after = dump(look, columns) if binary else text(look, columns)
    return Shown((*before, here(look, columns), *after), len(before))


def here(look: Peeked, columns: int) -> Line:
    """── 1,204 of 10,000 bytes: here it reads on ───"""
    columns = min(columns, RULE)
    what = {"": VERBS[look.access], "beyond": "the end; its position is beyond it", "appends": "the end, where it appends", "wrote": WROTE}
    said = what.get(look.at_end, "the end of the file")
    if look.at_end in {"beyond", "asked"}:
        said += f", at {look.position:,}" if look.at_end == "beyond" else f"; the process stands at {look.position:,}"
    share = f" ({100 * look.place // look.size}%)" if look.size and look.place < look.size else ""
    words = f" {look.place:,} of {look.size:,} bytes{share}: {said} "
    middle = piece(cut(words, max(1, columns - 4)), Role.KEY)
    return (piece("──", Role.RULE), middle, piece("─" * max(0, columns - 2 - width(middle.text)), Role.RULE))


WROTE: Final = "here its last write ended; it appends at the end"
VERBS: Final = {
    "r": "here it reads on",
    "w": "here it writes on",
    "rw": "here it reads or writes on",
    "": "its position",
}


def text(look: Peeked, columns: int) -> tuple[list[Line], list[Line]]:
    """Lines before and after the place, numbered where the numbers are known; long ones are wrapped."""
    columns -= look.broken
    before, after = split(look.before), split(look.after)
    last = look.line + look.before.count(b"\n") + len(after)
    gutter = len(f"{last:,}") if look.line else 0
    first = max(0, len(before) - ROWS_BEFORE)
    rows: list[Line] = []
    for index, raw in enumerate(before[first:], first):
        rows += numbered(look.line + index if look.line else 0, raw, gutter, columns)
    # The line in which it stands goes on behind the mark, under its own number.
    number = look.line + look.before.count(b"\n") if look.line else 0
    whole = after if len(look.data) + look.start >= look.size else after[:-1] or after
    rest: list[Line] = []
    for index, raw in enumerate(whole[:ROWS_AFTER]):
        rest += numbered(number + index if number else 0, raw, gutter, columns, Role.SECONDARY)
    if look.broken and rows and not first:
        rows[0] = (piece("…", Role.SECONDARY), *rows[0])
    return rows, rest


def split(data: bytes) -> list[bytes]:
    """Its lines, without their ends; none where there is nothing."""
    return data.removesuffix(b"\n").split(b"\n") if data else []


def numbered(number: int, raw: bytes, gutter: int, columns: int, role: Role = Role.TEXT) -> Iterator[Line]:
    """One line of the file as one or more of the screen's."""
    front = f"{number:>{gutter},} " if number else " " * (gutter + 1) if gutter else ""
    room = max(8, columns - len(front))
    rest = piece(raw.removesuffix(b"\r").decode("utf-8", "surrogateescape").expandtabs(TAB), role).text
    while True:
        part = cut(rest, room, "") or rest[:1]
        yield (piece(front, Role.SECONDARY), piece(part, role)) if front else (piece(part, role),)
        rest = rest[len(part) :]
        if not rest:
            return
        front = " " * len(front)


def dump(look: Peeked, columns: int) -> tuple[list[Line], list[Line]]:
    """As hexdump -C writes it; the line in which the place is stands before it with its part, and after it with the rest."""
    before = list(hexadecimal_lines(look.before, look.start, columns))[-ROWS_BEFORE:]
    after = [tuple(piece(part.text, Role.SECONDARY) for part in each) for each in hexadecimal_lines(look.after, look.place, columns)]
    return before, after[:ROWS_AFTER]


def hexadecimal_lines(data: bytes, offset: int, columns: int) -> Iterator[Line]:
    """00001000  7f 45 4c 46 …  |.ELF…|: sixteen bytes a line, eight where there is little room; lines begin at round offsets."""
    each = 16 if columns >= 78 else 8 if columns >= 46 else 4
    at = -(offset % each) if data else 0
    while at < len(data):
        part = data[max(0, at) : at + each]
        front = max(0, -at)
        codes = ["  "] * front + [f"{byte:02x}" for byte in part] + ["  "] * (each - front - len(part))
        halves = "  ".join(filter(None, (" ".join(codes[: each // 2]), " ".join(codes[each // 2 :]))))
        letters = " " * front + "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        yield piece(f"{offset + at:08x}  ", Role.SECONDARY), piece(halves), piece(f"  |{letters}|", Role.PATH)
        at += each


def waiting(look: Waiting, columns: int, hexadecimal: bool | None) -> Shown:
    """Of a pipe or socket: how much, and what, as far as that is known."""
    if isinstance(look.to_read, Missing):
        return Shown(wrapped(look.to_read, columns))
    if isinstance(look.data, Missing):
        return Shown(wrapped(look.data, columns, f"{look.to_read:,} {look.count} wait; "))
    if not look.data:
        words = "Nobody waits to be accepted." if look.count == "connections" and not look.to_read else "Nothing waits to be read."
        return Shown(((piece(words, Role.SECONDARY),),) if not look.to_read else ())
    binary = is_binary(look.data) if hexadecimal is None else hexadecimal
    if binary:
        rows = tuple(hexadecimal_lines(look.data, 0, columns))
    else:
        rows = tuple(row for raw in split(look.data) for row in numbered(0, raw, 0, columns))
    rest = look.to_read - len(look.data)
    more = ((piece(f"and {rest:,} bytes more", Role.SECONDARY),),) if rest > 0 else ()
    return Shown((*rows, *more))


def wrapped(missing: Missing, columns: int, before: str = "") -> tuple[Line, ...]:
    """Why something is not known, on as many lines as that takes."""
    return tuple((piece(part),) for part in wrap(before + plain(sentence(missing)), max(8, columns)))


def footer(look: Look) -> Line:
    """What has to be minded; () where there is nothing."""
    return (piece("As it was seen last: ", Role.MIND), *sentence(look.ended)) if look.ended is not None else ()


def as_text(shown_lines: tuple[Line, ...]) -> str:
    """To copy."""
    return "\n".join(plain(each) for each in shown_lines)
