"""How many columns text takes, and how to make it fit."""

import unicodedata
from functools import lru_cache
from typing import Final

from explorer.render.piece import Line, Piece

NARROW: Final = dict.fromkeys([*(code for code in range(0xA1, 0x180) if code != 0xAD), *map(ord, "▲▼│├└┌─…←→↔●·≥≤–—‖▸▏█▌")])
"""Latin letters and our own signs: one column each."""


def width(text: str) -> int:
    """Columns on a terminal: wide characters two, combining marks none."""
    if text.isascii() or text.translate(NARROW).isascii():
        return len(text)
    return sum(map(_columns, text))


@lru_cache(maxsize=8192)
def _columns(char: str) -> int:
    """Of one character: a text is as wide as its parts, which wcswidth(), looking at neighbours, does not promise."""
    from wcwidth import wcwidth  # 30 ms to load, and seldom needed

    return max(0, int(wcwidth(char)))


def cut(text: str, columns: int, ellipsis: str = "…") -> str:
    """At most so many columns, the end cut."""
    if width(text) <= columns:
        return text
    room = columns - width(ellipsis)
    if room < 0:
        return _head(ellipsis, max(0, columns))
    return _head(text, room) + ellipsis


def cut_middle(text: str, columns: int, ellipsis: str = "…") -> str:
    """At most so many columns, the middle cut: both ends of a path or command say more than its middle."""
    if width(text) <= columns:
        return text
    room = columns - width(ellipsis)
    if room < 2:
        return cut(text, columns, ellipsis)
    head = _head(text, room // 2)
    tail = _head(text[::-1], room - width(head))[::-1]
    # A mark whose letter was cut away would stand on the ellipsis.
    while tail and unicodedata.combining(tail[0]):
        tail = tail[1:]
    return head + ellipsis + tail


def fit(pieces: Line, columns: int, ellipsis: str = "…") -> Line:
    """A line of at most so many columns, the end cut."""
    out, room = [], columns
    for index, part in enumerate(pieces):
        size = width(part.text)
        rest_fits = size <= room and (size < room or all(not later.text for later in pieces[index + 1 :]))
        if rest_fits:
            out.append(part)
            room -= size
            continue
        out.append(Piece(cut(part.text + ("" if size > room else ellipsis), room, ellipsis), part.role))
        break
    return tuple(out)


def _head(text: str, columns: int) -> str:
    if text.isascii():
        return text[:columns]
    used, end = 0, 0
    for char in text:
        used += width(char)
        if used > columns:
            break
        end += 1
    return text[:end]
