"""Facts with their names: rows of a pane, and lines of a command."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from explorer.model.missing import Missing, Reason
from explorer.render.missing import short
from explorer.render.pages import FACTS
from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.sheet import Row, Target
from explorer.render.width import fit, width
from explorer.render.wrap import wrap

LABEL: Final = 14
LONGEST_VALUE: Final = 1 << 16
"""Characters of one value that are looked at; what is copied is whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """label: the fact's name. value: in full. more: what it unfolds to. copy: its exact text, "" for the value. key: "" for the label.

    missing: why there is no value.
    """

    label: str
    value: Line
    more: tuple[Line, ...] = ()
    copy: str = ""
    target: Target | None = None
    key: str = ""
    missing: Missing | None = None


def lacking(label: str, missing: Missing) -> Entry:
    """A fact that could not be had: the reason, what is behind it unfolded."""
    if missing.detail.startswith(("a kernel thread has no", "a zombie has no")):
        return Entry(label, (piece(f"none: {missing.detail}", Role.SECONDARY),), missing=missing)
    why = (*short(missing), Piece(f": {missing.detail}", Role.SECONDARY)) if missing.reason is not Reason.DENIED else short(missing)
    said = (missing.detail, missing.cure) if missing.reason is Reason.DENIED else (missing.cure,)
    return Entry(label, why, tuple((piece(text),) for text in said if text), missing=missing)


def denied(entries: Iterable[Entry], columns: int) -> tuple[Line, ...]:
    """One note for all that was denied: what, and what would help."""
    refused = [entry for entry in entries if entry.missing is not None and entry.missing.reason is Reason.DENIED]
    if not refused:
        return ()
    names = ", ".join(dict.fromkeys(entry.label for entry in refused))
    cure = next((entry.missing.cure for entry in refused if entry.missing is not None), "")
    words = [*wrap(f"Denied: {names}.", columns), *(wrap(cure[:1].upper() + cure[1:] + ".", columns) if cure else ())]
    return tuple((piece(text, Role.MIND if index == 0 else Role.SECONDARY),) for index, text in enumerate(words))


def rows(entries: Iterable[Entry], columns: int) -> tuple[Row, ...]:
    """One row each, cut; Enter shows what was cut, and the details."""
    return tuple(row(entry, columns) for entry in entries)


def row(entry: Entry, columns: int) -> Row:
    """A label and a value."""
    room = max(1, columns - LABEL)
    value, cut = clipped(entry.value, 4 * columns)
    cut = cut or sum(width(part.text) for part in value) > room
    unfold = None
    if cut or entry.more:

        def unfold(inner: int) -> tuple[Line, ...]:
            whole = folded(entry.value, max(1, inner - 2)) if cut else ()
            return (*(indented(line, 2, inner) for line in whole), *(indented(line, 2, inner) for line in entry.more))

    line = fit((labelled(entry.label), *value), columns)
    return Row(entry.key or entry.label, line, unfold, entry.target, entry.copy or plain(entry.value), pages=FACTS.get(entry.label, ()))


def clipped(line: Line, most: int) -> tuple[Line, bool]:
    """So many characters, and whether that is not all: text of megabytes is not measured for a row of a hundred columns."""
    if sum(len(part.text) for part in line) <= most:
        return line, False
    out = []
    for text, role in line:
        out.append(Piece(text[:most], role))
        most = max(0, most - len(text))
    return tuple(out), True


def lines(entries: Iterable[Entry], *, full: bool = True) -> tuple[Line, ...]:
    """For a command: nothing cut, details below."""
    found: list[Line] = []
    for entry in entries:
        found.append((labelled(entry.label), *entry.value))
        if full:
            found += [(Piece(" " * LABEL), *line) for line in entry.more]
    return tuple(found)


def labelled(label: str) -> Piece:
    """So wide that values stand in a column."""
    text = piece(label).text
    return Piece(text + " " * max(1, LABEL - width(text)), Role.SECONDARY)


def indented(line: Line, by: int, columns: int) -> Line:
    """Further right, cut."""
    return fit((Piece(" " * by), *line), columns)


def folded(line: Line, columns: int) -> tuple[Line, ...]:
    """A long line over several, broken anywhere, its colours kept."""
    out: list[Line] = []
    current: list[Piece] = []
    room = columns
    for text, role in line:
        start = 0
        for at, char in enumerate(text):
            size = width(char) if not char.isascii() else 1
            if size > room:
                current.append(Piece(text[start:at], role))
                out.append(tuple(current))
                current, room, start = [], columns, at
            room -= size
        current.append(Piece(text[start:], role))
    out.append(tuple(current))
    return tuple(out)


def listed(items: Sequence[str], separator: str = ", ") -> Line:
    """Words in a row; "none" for no words."""
    return (piece(separator.join(items)[:LONGEST_VALUE]),) if items else (piece("none", Role.SECONDARY),)
