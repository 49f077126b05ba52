"""From strips to bytes for the terminal: only the cells that changed, in this terminal's colours and nothing else.

Textual sends whole widget lines, and steps colours down in its own way. Here the screen as the terminal shows it is kept,
each frame is compared with it cell by cell, and what is written is cursor moves, SGR and printable text, never more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import compress, islice
from operator import ne
from typing import Any, Final

from rich.style import Style
from textual.strip import Strip

from explorer.render.printable import printable
from explorer.render.width import width
from explorer.ui.themes import EIGHT, Ink, sgr

GAP: Final = 4
"""Unchanged cells that are cheaper written again than jumped over."""
ERASE: Final = 6
"""Blank cells at the end of a line from which on erasing is cheaper."""

Cell = tuple[str, str]
"""What is in it ("" in the second half of a wide character) and its SGR parameters."""
BLANK: Final[Cell] = (" ", "")


class Inked(dict[str, Cell]):
    """Character → its cell in one code: the same object for the same cell, so that comparing lines is quick."""

    def __init__(self, code: str, blank: str) -> None:
        super().__init__({" ": (" ", blank)} if blank else {" ": BLANK})
        self._code = code

    def __missing__(self, char: str) -> Cell:
        cell = self[char] = (char, self._code)
        return cell


class Painter:
    """Knows what the terminal shows. colours: 1, 16, 256 or 2**24; with 1 and 16 no background is ever set."""

    def __init__(self, colours: int, encoding: str = "utf-8") -> None:
        self.colours = colours
        self.encoding = encoding
        self.columns = 0
        self._rows: list[list[Cell]] = []
        self._strips: list[dict[int, Strip]] = []
        """The strips that each row was drawn from, by column: the same strip again needs no look."""
        self._codes: dict[Style, str] = {}
        self._blanks: dict[str, str] = {"": ""}
        """What of a code can be seen on a space: no colour of text, no boldness."""
        self._inked: dict[str, Inked] = {}
        self._clear = True

    @property
    def rows(self) -> int:
        """How many rows the terminal has."""
        return len(self._rows)

    def resize(self, columns: int, rows: int) -> None:
        """The terminal has this size now; what it shows is not known any more."""
        self.columns = columns
        self._rows = [[BLANK] * columns for _ in range(rows)]
        self._strips = [{} for _ in range(rows)]
        self._clear = True

    def forget(self) -> None:
        """The terminal may show anything: the next frame must be whole and is drawn on a cleared screen."""
        self.resize(self.columns, len(self._rows))

    def frame(self, lines: Mapping[int, Iterable[tuple[int, Strip | list[Cell]]]]) -> bytes:
        """The bytes that make these lines stand on the screen. lines: row → strips, or cells, and their columns; gaps stay."""
        out = ["\x1b[m\x1b[2J"] if self._clear else []
        self._clear = False
        brush = _Brush(out, self._blanks)
        for y, strips in sorted(lines.items()):
            if not 0 <= y < len(self._rows):
                continue
            old, known = self._rows[y], self._strips[y]
            new = list(old)
            for x, strip in strips:
                if known.get(x) is strip:
                    continue
                made = strip if isinstance(strip, list) else self.cells(strip, strip.cell_length)
                cells = made[: max(0, self.columns - x)]
                new[x : x + len(cells)] = cells
                end = x + len(made)
                for other in [at for at, drawn in known.items() if at < end and at + drawn.cell_length > x]:
                    del known[other]
                if not isinstance(strip, list):
                    known[x] = strip
            if new != old:
                self._rows[y] = new
                brush.line(y, old, new)
        brush.rest()
        return "".join(out).encode(self.encoding, "replace")

    def cells(self, parts: Iterable[Sequence[Any]], columns: int) -> list[Cell]:
        """Exactly so many cells. parts: text and style of each, as Textual's segments have them (those with a control apart)."""
        cells: list[Cell] = []
        for text, style, *control in parts:
            if control and control[0]:
                continue
            code = self._code(style)
            if text.isascii() and text.isprintable():
                cells += map(self._inks(code).__getitem__, text)
                continue
            for cluster in _clusters(text if text.isprintable() else printable(text)):
                size = _width(cluster)
                cells.append((cluster, code))
                cells.extend([("", code)] * (size - 1))
        short = columns - len(cells)
        return cells + [BLANK] * short if short >= 0 else cells[:columns]

    def _inks(self, code: str) -> Inked:
        inked = self._inked.get(code)
        if inked is None:
            inked = self._inked[code] = Inked(code, self._blanks[code])
        return inked

    def _code(self, style: Style | None) -> str:
        if style is None:
            return ""
        code = self._codes.get(style)
        if code is None:
            ink = self._ink(style)
            code = self._codes[style] = sgr(ink, self.colours)
            seen = ink if ink.reverse else replace(ink, fg="", bold=False) if ink.underline or ink.strike else Ink(bg=ink.bg)
            blank = self._blanks[code] = sgr(seen, self.colours)
            self._blanks.setdefault(blank, blank)
        return code

    def _ink(self, style: Style) -> Ink:
        fg, bg = (self._colour(part.name) if part is not None and not part.is_default else "" for part in (style.color, style.bgcolor))
        if self.colours <= 16:
            bg = ""
            fg = fg if self.colours == 16 and fg in EIGHT else ""
        return Ink(fg, bg, bool(style.bold), bool(style.underline), bool(style.reverse), bool(style.strike) and self.colours > 16)

    @staticmethod
    def _colour(name: str) -> str:
        return name if name in EIGHT or (name.startswith("#") and len(name) == 7) else ""


class _Brush:
    """Where the cursor is and which SGR is on, while one frame is written."""

    def __init__(self, out: list[str], blanks: Mapping[str, str]) -> None:
        self.out = out
        self.blanks = blanks
        self.code = ""
        self.at: tuple[int, int] | None = None

    def line(self, y: int, old: list[Cell], new: list[Cell]) -> None:
        differ = list(compress(range(len(new)), map(ne, old, new)))
        erase = len(new)
        if new[differ[-1]] == BLANK:
            while erase and new[erase - 1] == BLANK:
                erase -= 1
            if len(new) - erase < ERASE or differ[-1] < erase:
                erase = len(new)
        for start, end in _spans(differ, new, erase):
            x = start
            while x < end:
                char, code = new[x]
                if not char:
                    x += 1
                    continue
                self._move(y, x)
                if char != " " or self.blanks[self.code] != code:
                    self._sgr(code)
                code, blank = self.code, (" ", self.blanks[self.code])
                run = [char]
                x += 1
                if len(char) == 1:
                    for cell in islice(new, x, end):
                        char, inked = cell
                        if (inked != code and cell != blank) or len(char) != 1:
                            break
                        run.append(char)
                    x += len(run) - 1
                    char = run[-1]
                self.out.append("".join(run))
                # After a wide or composed character, and in the last column, terminals differ on where the cursor is.
                self.at = (y, x) if len(char) == 1 and x < len(new) and new[x][0] else None
        if erase < len(new):
            self._move(y, erase)
            self._sgr("")
            self.out.append("\x1b[K")
            self.at = (y, erase)

    def rest(self) -> None:
        self._sgr("")

    def _move(self, y: int, x: int) -> None:
        if self.at is not None and self.at[0] == y and x >= self.at[1]:
            if x > self.at[1]:
                self.out.append(f"\x1b[{x - self.at[1]}C")
        else:
            self.out.append(f"\x1b[{y + 1};{x + 1}H")
        self.at = (y, x)

    def _sgr(self, code: str) -> None:
        if code == self.code:
            return
        self.out.append(f"\x1b[0;{code}m" if code and self.code else f"\x1b[{code}m")
        self.code = code


def _spans(differ: Iterable[int], new: list[Cell], stop: int) -> Iterator[tuple[int, int]]:
    """Where a line differs before stop: from, to; differences few cells apart joined, wide characters whole."""
    start = end = -1
    for at in differ:
        if at >= stop:
            break
        if at < end:
            continue
        if start >= 0 and at - end < GAP:
            end = at + 1
            continue
        if start >= 0:
            yield _whole(start, end, new)
        start, end = at, at + 1
    if start >= 0:
        yield _whole(start, end, new)


def _whole(start: int, end: int, new: list[Cell]) -> tuple[int, int]:
    """The same and both halves of the wide characters at its ends."""
    while start and not new[start][0]:
        start -= 1
    while end < len(new) and not new[end][0]:
        end += 1
    return start, end


def _clusters(text: str) -> Iterator[str]:
    """Characters, each with the marks that stand on it."""
    cluster = ""
    for char in text:
        if cluster and _width(char) == 0:
            cluster += char
            continue
        if cluster:
            yield cluster
        cluster = char
    if cluster:
        yield cluster


@lru_cache(maxsize=4096)
def _width(cluster: str) -> int:
    return width(cluster)
