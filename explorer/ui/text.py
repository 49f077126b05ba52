"""The only maker of renderables: lines of pieces → strips of cells. Text is never markup here, and printable once more."""

import re
from dataclasses import dataclass
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from explorer.render.ascii import to_ascii
from explorer.render.piece import Line, Piece, Role
from explorer.render.printable import printable
from explorer.render.width import cut, width
from explorer.ui.themes import Look, Theme, styled, theme

GAP: Final = re.compile(r" {2,}")
MARKS: Final = {
    "+": Role.NEW,
    "-": Role.GONE,
    "*": Role.KEY,
    "●": Role.NEW,
    ">": Role.NAME,
    "─": Role.RULE,
}


@dataclass(frozen=True, slots=True)
class Pen:
    """How text is drawn on this terminal: its theme, and whether it has ASCII only (the C locale)."""

    theme: Theme
    ascii: bool = False

    def strip(self, line: Line, columns: int, look: Look = Look.PLAIN, mark: str = "") -> Strip:
        """Exactly so many columns; what is longer is cut, what is shorter padded. mark: what stands in column 0, the gutter."""
        return Strip([Segment(*run) for run in self.runs(line, columns, look, mark)], columns)

    def runs(self, line: Line, columns: int, look: Look = Look.PLAIN, mark: str = "") -> list[tuple[str, Style]]:
        """What strip() is made of: texts and their styles, together exactly so many columns."""
        pieces = (Piece(mark, MARKS.get(mark, Role.TEXT)), *line) if mark else line
        if self.ascii:
            pieces = in_ascii(tuple(Piece(printable(text), role) for text, role in pieces))
        runs, room, name = [], columns, self.theme.name
        for text, role in pieces:
            if text.isascii() and text.isprintable():
                size = len(text)
            else:
                text = printable(text)
                size = width(text)
            if size > room:
                text = cut(text, room, "")
                size = width(text)
            if text:
                runs.append((text, styled(name, role, look)))
                room -= size
            if room <= 0:
                break
        if room > 0:
            runs.append((" " * room, styled(name, Role.TEXT, look)))
        return runs


PLAIN: Final = Pen(theme("mono"))
"""The pen of a widget that is in no app."""


def in_ascii(pieces: Line) -> Line:
    """Our signs by their ASCII twins; what a line gains in columns by it is taken from its gaps, so that columns stay in line."""
    out, debt = [], 0
    for text, role in pieces:
        twin = to_ascii(text)
        debt += len(twin) - width(text)
        if debt > 0:
            twin, debt = _narrowed(twin, debt)
        out.append(Piece(twin, role))
    return tuple(out)


def _narrowed(text: str, debt: int) -> tuple[str, int]:
    """Text with at most debt spaces fewer, each gap keeping one; and what could not be taken."""

    def shorter(gap: re.Match[str]) -> str:
        nonlocal debt
        taken = min(debt, len(gap[0]) - 1)
        debt -= taken
        return " " * (len(gap[0]) - taken)

    return GAP.sub(shorter, text), debt
