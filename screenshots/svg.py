"""A terminal's screen as SVG: every cell where it is, in its own colours."""

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import NamedTuple

import pyte
from pyte.screens import Char

CELL, LINE, SIZE, MARGIN = 8.4, 18, 14, 10
FONT = "'DejaVu Sans Mono', 'Liberation Mono', Menlo, Consolas, monospace"
BACKGROUND, FOREGROUND = "#101418", "#d0d4d9"
NAMED = {
    "black": "#101418", "red": "#ff7b72", "green": "#7ee787", "brown": "#e3b341", "blue": "#79c0ff", "magenta": "#d2a8ff",
    "cyan": "#79c0ff", "white": "#d0d4d9", "brightblack": "#7d8590",
}  # fmt: skip


class Style(NamedTuple):
    """How a run of cells looks."""

    colour: str
    ground: str
    bold: bool
    underlined: bool
    struck: bool


def colour(name: str, default: str) -> str:
    """pyte's colour, a name or six hexadecimal digits, as SVG has it."""
    if name == "default":
        return default
    return NAMED.get(name) or f"#{name}"


def style(cell: Char) -> Style:
    front, back = colour(cell.fg, FOREGROUND), colour(cell.bg, BACKGROUND)
    if cell.reverse:
        front, back = back, front
    return Style(front, back, cell.bold, cell.underscore, cell.strikethrough)


def drawn(row: int, column: int, text: str, how: Style) -> Iterator[str]:
    """A run of cells that look alike."""
    x, y, width = MARGIN + column * CELL, MARGIN + row * LINE, len(text) * CELL
    if how.ground != BACKGROUND:
        yield f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{LINE}" fill="{how.ground}"/>'
    if text.strip() or how.underlined or how.struck:
        looks = ' font-weight="bold"' if how.bold else ""
        lines = [name for name, on in (("underline", how.underlined), ("line-through", how.struck)) if on]
        looks += f' text-decoration="{" ".join(lines)}"' if lines else ""
        place = f'x="{x:.1f}" y="{y + LINE - 5}" textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs"'
        yield f'<text {place} fill="{how.colour}"{looks}>{escape(text)}</text>'


def svg(screen: pyte.Screen, title: str) -> str:
    """The whole screen. title: what a reader hears in place of the picture."""
    width, height = screen.columns * CELL + 2 * MARGIN, screen.lines * LINE + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" rx="6" fill="{BACKGROUND}"/>',
        f'<g font-family="{FONT}" font-size="{SIZE}" xml:space="preserve">',
    ]
    for row in range(screen.lines):
        cells = [screen.buffer[row][column] for column in range(screen.columns)]
        column = 0
        for how, run in groupby(cells, style):
            text = "".join(cell.data or " " for cell in run)
            parts += drawn(row, column, text, how)
            column += len(text)
    return "\n".join([*parts, "</g>", "</svg>", ""])
