"""A row of the tree as a line: cells, tree lines, command; what is new, gone, found or kept only for what is below it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from explorer.model.missing import Missing
from explorer.model.snapshot import Ended, Machine
from explorer.model.tree import Row
from explorer.render.columns import Layout, cells
from explorer.render.command import command_pieces
from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.states import exit_words
from explorer.render.width import fit, width

DEEPEST: Final = 8
"""Levels that are drawn; what is deeper stands there with its level's number."""
DRAWN: Final = frozenset({"pid", "ppid", "user"})
"""Cells that are still true of a process that has ended."""


Spans = Callable[[str], Sequence[tuple[int, int]]]
"""What to mark in a text: (from, to), in order, not overlapping; query.processes.Filter.spans is one."""


@dataclass(frozen=True, slots=True)
class Style:
    """paths: names with their folder. hits: what is marked in the command, of a row that is a hit. sign: "(" before ancestors,
    for where dim cannot be seen."""

    paths: bool = False
    hits: Spans | None = None
    sign: bool = False


def mark(row: Row, tagged: bool, traced: bool = False) -> str:
    """What stands in the gutter."""
    if row.ended is not None:
        return "-"
    return "*" if tagged else "●" if traced else "+" if row.born else " "


def tree_line(row: Row, shown: Layout, machine: Machine, now: float, style: Style = Style()) -> Line:
    """The line without its gutter, at most as wide as the layout. now: CLOCK_BOOTTIME seconds."""
    front = cells(shown, row.process, machine)
    if row.ended is not None:
        front = tuple(gone(part, column.key) for part, column in zip(front, shown.columns, strict=True))
    rails = branch(row)
    tail = f" +{row.hidden}" if row.folded and row.hidden else ""
    room = max(0, shown.command - width(rails.text) - len(tail) - (row.folded and row.hidden > 0))
    if row.ended is not None:
        text: Line = (piece(row.process.comm, Role.GONE), piece(f" {ending(row.ended, now)}", Role.SECONDARY))
    else:
        text = command_pieces(row.process, paths=style.paths, longest=4 * room + 8)
        if row.process.exit_code:
            text = (*text, piece(f" {exit_words(row.process.exit_code)}", Role.MIND))
        if style.hits is not None:
            text = marked(text, style.hits)
    if row.ancestor:
        front = tuple(Piece(part.text, Role.ANCESTOR) for part in front)
        text = tuple(Piece(part.text, Role.ANCESTOR) for part in ((piece("("), *text) if style.sign else text))
    text = fit(text, room)
    if style.hits is not None and not row.ancestor and row.ended is None:
        text = hit_beyond(text)
    fold = (Piece("+", Role.NAME),) if tail else ()
    return (*front, *((rails,) if rails.text else ()), *fold, *text, *((piece(tail, Role.SECONDARY),) if tail else ()))


def hit_beyond(text: Line) -> Line:
    """Where no hit is to be seen, it is in what was cut: the sign of the cut is the hit."""
    if not text or any(part.role is Role.HIT for part in text) or not text[-1].text.endswith("…"):
        return text
    last = text[-1]
    return (*text[:-1], Piece(last.text[:-1], last.role), Piece("…", Role.HIT))


def branch(row: Row) -> Piece:
    """The lines that lead to a row: two columns a level, at most DEEPEST levels; one column less before the + of a fold."""
    if not row.depth:
        return Piece("", Role.BRANCH)
    turn = "└" if row.last else "├"
    if row.depth <= DEEPEST:
        lead = "".join("│ " if goes_on else "  " for goes_on in row.rails)
    else:
        lead = "".join("│ " if goes_on else "  " for goes_on in row.rails[: DEEPEST - 2]) + f"{row.depth:>2}"
    return Piece(lead + turn + ("" if row.folded and row.hidden else "─"), Role.BRANCH)


def ending(ended: Ended, now: float) -> str:
    """How and when it ended, as far as that is known."""
    seconds = max(0, round(now - ended.when))
    ago = f"{seconds} s ago" if seconds < 120 else f"{seconds // 60} min ago"
    return f"ended {ago}" if isinstance(ended.status, Missing) else f"{exit_words(ended.status)}, {ago}"


def gone(part: Piece, column: str) -> Piece:
    """A cell of a process that is no more: dim, or blank where it is not true any more."""
    if column in DRAWN:
        return Piece(part.text, Role.SECONDARY)
    if column == "state" and part.text.strip() == "Z":
        return part
    return Piece(" " * width(part.text), Role.TEXT)


def marked(pieces: Line, hits: Spans) -> Line:
    """The same text with what is found in it, across pieces, as HIT."""
    spans = hits(plain(pieces))
    if not spans:
        return pieces
    out: list[Piece] = []
    at = 0
    for text, role in pieces:
        begin, end = at, at + len(text)
        for start, stop in spans:
            start, stop = max(start, begin), min(stop, end)
            if start >= stop:
                continue
            if start > at:
                out.append(Piece(text[at - begin : start - begin], role))
            out.append(Piece(text[start - begin : stop - begin], Role.HIT))
            at = stop
        if at < end:
            out.append(Piece(text[at - begin :], role))
        at = end
    return tuple(out)
