"""The line of tabs above a pane: letter, name, count; the chosen one marked, a rule through the rest."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.width import fit, width

LEAST: Final = 12
"""Columns for tabs below which what stands at the right goes."""


class Tab(NamedTuple):
    """letter: the key that opens it. name, short: in full and where room is scarce. number: its count, "" for none."""

    letter: str
    name: str
    short: str
    number: str


def tab_line(tabs: Sequence[Tab], chosen: str, columns: int, right: Line = ()) -> tuple[Line, list[tuple[int, int, str]]]:
    """The line, exactly so many columns, and where each tab is: from, to, letter. right: what stands at its right end."""
    tail = (*right, piece(" ─", Role.RULE)) if right else ()
    room = columns - sum(width(part.text) for part in tail)
    if room < LEAST:
        tail, room = (), columns
    for gap, short in ((3, False), (2, False), (3, True), (2, True), (1, True)):
        parts, places = _laid(tabs, chosen, gap, short)
        if sum(width(part.text) for part in parts) + 2 <= room:
            break
    else:
        parts, places = _letters(tabs, chosen)
    parts = list(fit(tuple(parts), room))
    rest = room - sum(width(part.text) for part in parts)
    if rest > 0:
        parts.append(piece(" " + "─" * (rest - 1) if rest > 1 else " ", Role.RULE))
    if tail and rest > 1:
        parts[-1] = piece(" " + "─" * (rest - 2) + " ", Role.RULE)
    return (*parts, *tail), places


def _laid(tabs: Sequence[Tab], chosen: str, gap: int, short: bool) -> tuple[list[Piece], list[tuple[int, int, str]]]:
    parts: list[Piece] = [piece(" ")]
    places, at = [], 1
    for index, tab in enumerate(tabs):
        if index:
            parts.append(piece(" " * gap))
            at += gap
        words = (tab.short if short else tab.name) + (f" {tab.number}" if tab.number else "")
        if tab.letter == chosen:
            made = [piece(f"{tab.letter} {words}", Role.TITLE)]
        else:
            made = [piece(tab.letter, Role.NAME), piece(f" {words}", Role.SECONDARY)]
        size = width(plain(tuple(made)))
        places.append((at, at + size, tab.letter))
        parts.extend(made)
        at += size
    return parts, places


def _letters(tabs: Sequence[Tab], chosen: str) -> tuple[list[Piece], list[tuple[int, int, str]]]:
    """Where not even short names fit: the chosen tab's name, of the others only the letters."""
    return _laid([tab if tab.letter == chosen else Tab(tab.letter, "", "", "") for tab in tabs], chosen, 1, True)
