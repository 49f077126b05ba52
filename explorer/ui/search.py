"""Searching through lines, and marking what was found."""

import time
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from explorer.render.piece import Line, Piece, Role, plain

PATIENT: Final = 0.02
"""Seconds for which the screen may stand still,"""
REST: Final = 0.005
"""and has its turn after that."""


def found(line: Line, words: str) -> bool:
    """Whether the line has the words, in any case."""
    return words.casefold() in plain(line).casefold()


def marked(line: Line, words: str) -> Line:
    """The line with every occurrence as a hit, also across pieces."""
    text, wanted = plain(line).casefold(), words.casefold()
    if not wanted or wanted not in text or len(text) != len(plain(line)):
        return line
    hits, at = [], text.find(wanted)
    while at >= 0:
        hits.append((at, at + len(wanted)))
        at = text.find(wanted, at + len(wanted))
    out, start = [], 0
    for part in line:
        cuts = {0, len(part.text)}
        for begin, end in hits:
            cuts.update(cut - start for cut in (begin, end) if start < cut < start + len(part.text))
        ordered = sorted(cuts)
        for left, right in pairwise(ordered):
            inside = any(begin <= start + left < end for begin, end in hits)
            out.append(Piece(part.text[left:right], Role.HIT if inside else part.role))
        start += len(part.text)
    return tuple(out)


class Seeking:
    """A search over many lines, one after the other from start on, forwards (by 1) or backwards (-1), round the end.

    line: what stands at a position. count: how many positions there are now. position: where the words were found.
    """

    def __init__(self, line: Callable[[int], Line], count: Callable[[], int], words: str, start: int, by: int) -> None:
        self.words = words
        self.position: int | None = None
        self._line = line
        self._count = count
        self._start = start
        self._by = by
        self._step = 0

    def look(self, seconds: float = PATIENT) -> bool:
        """Whether it has ended, with or without a position; it gives up after so many seconds, to go on when it is called again."""
        end = time.monotonic() + seconds
        while self._step < (count := self._count()):
            position = (self._start + self._by * self._step) % count
            self._step += 1
            if found(self._line(position), self.words):
                self.position = position
                return True
            if time.monotonic() >= end:
                return False
        return True
