"""Whose row is read in a tick: those that are active each time, the quiet ones in turns."""

from collections.abc import Collection, Iterable
from math import ceil
from typing import Final

OLDEST: Final = 3.0
"""Seconds after which a row is read again, however quiet its process is."""

OLDEST_CALM: Final = 6.0
"""The same while all is calm and there are MANY."""

MANY: Final = 1000

QUIET: Final = 3
"""After so many readings without a change a process is one of the quiet ones."""

MOST_ACTIVE: Final = 1500
"""So many active ones are read each time; where there are more, they take turns too."""


class Turns:
    """The turns of one table. round: how often all had their turn. calm: nobody seems to do what is not known."""

    def __init__(self) -> None:
        self._active: dict[int, int] = {}
        self.round = 0
        self.calm = False
        self._ring: list[int] = []
        self._at = 0
        self._last = 0.0

    def due(self, now: float, known: Collection[int]) -> dict[int, None]:
        """The pids to read now, of those that are known."""
        share = min(1.0, (now - self._last) / (OLDEST_CALM if self.calm and len(known) > MANY else OLDEST))
        self._last = now
        turn = self._slice(ceil(len(known) * share), known)
        return dict.fromkeys(pid for pid in (*self._busiest(), *turn) if pid in known)

    def moved(self, pids: Iterable[int]) -> None:
        """These are new, or were found changed."""
        self._active.update(dict.fromkeys(pids, 0))

    def stood(self, quiet: Collection[int]) -> tuple[list[int], list[int]]:
        """The active ones of those that were read and did not move, and those of them that are not active any more."""
        still = [pid for pid in self._active if pid in quiet]
        rested = []
        for pid in still:
            self._active[pid] += 1
            if self._active[pid] >= QUIET:
                del self._active[pid]
                rested.append(pid)
        return still, rested

    def forget(self, pids: Iterable[int]) -> None:
        """These are gone."""
        for pid in pids:
            self._active.pop(pid, None)

    def _busiest(self) -> list[int]:
        active = list(self._active)
        if len(active) <= MOST_ACTIVE:
            return active
        chosen = active[:MOST_ACTIVE]
        for pid in chosen:
            # To the end of the dict: the others come first the next time.
            self._active[pid] = self._active.pop(pid)
        return chosen

    def _slice(self, many: int, known: Collection[int]) -> list[int]:
        if self._at >= len(self._ring):
            self._ring, self._at = list(known), 0
            self.round += 1
        turn = self._ring[self._at : self._at + many]
        self._at += many
        return turn
