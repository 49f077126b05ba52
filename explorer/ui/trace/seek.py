"""Going through a log for the next row that is wanted, a little at a time, so that keys and drawing never wait."""

import time
from collections.abc import Callable, Sequence
from typing import Final

from explorer.model.batch import Batch
from explorer.trace.log import Log

STEPS: Final = (64, 8192)
"""Rows at a time, at least and at most: as many as take about"""
PACE: Final = 0.003
"""so many seconds."""
Match = Callable[[Batch, Sequence[int]], Sequence[int]]
"""(batch, rows) → those of them that are wanted, ascending."""


class Seek:
    """From a place on, forwards (by 1) or backwards (by -1), not counting that place; round: past the end it begins anew, once.

    seen: whether a place that matches counts: what a filter hides does not.
    """

    def __init__(self, log: Log, start: int, by: int, match: Match, seen: Callable[[int], bool], *, round: bool = False) -> None:
        self.log = log
        self.by = by
        self.match = match
        self.seen = seen
        self.found: int | None = None
        self.done = False
        self.step = STEPS[0]
        start = max(log.first - 1, min(start, log.end))
        if by > 0:
            self._legs = [(start + 1, log.end), *([(log.first, min(start + 1, log.end))] if round else [])]
        else:
            self._legs = [(log.first, start), *([(max(start, log.first), log.end)] if round else [])]
        self.total = max(1, sum(max(0, high - low) for low, high in self._legs))
        self.looked = 0

    @property
    def progress(self) -> float:
        """0 to 1."""
        return min(1.0, self.looked / self.total)

    def work(self, budget: float) -> bool:
        """Go on for about so many seconds; True when it is over: found says where, None where there is nothing."""
        until = time.perf_counter() + budget
        now = time.perf_counter()
        while not self.done and now < until:
            self._step()
            before, now = now, time.perf_counter()
            self.step = max(STEPS[0], min(STEPS[1], self.step * 2 if now - before < PACE else self.step // 2))
        return self.done

    def _step(self) -> None:
        while self._legs and self._legs[0][0] >= self._legs[0][1]:
            self._legs.pop(0)
        if not self._legs:
            self.done = True
            return
        low, high = self._legs[0]
        first = self.log.first
        if low < first:  # dropped while we went
            self.looked += min(first, high) - low
            self._legs[0] = min(first, high), high
            return
        if self.by > 0:
            batch, row = self.log.place(low)
            size = min(self.step, high - low, len(batch) - row)
            rows, base = range(row, row + size), low - row
            self._legs[0] = low + size, high
        else:
            batch, row = self.log.place(high - 1)
            size = min(self.step, high - low, row + 1)
            rows, base = range(row + 1 - size, row + 1), high - 1 - row
            self._legs[0] = low, high - size
        self.looked += size
        for found in list(self.match(batch, rows))[:: self.by]:
            if self.seen(base + found):
                self.found, self.done = base + found, True
                return
