"""CPU shares: per cent of one core since a process was read before."""

import os
from collections.abc import Iterable
from typing import Final

from explorer.model.process import TICKS

SHORTEST: Final = 0.4
"""Seconds that a share is taken over at least: CPU time comes in hundredths of a second."""

YOUNG: Final = 10.0
"""Seconds of age up to which a newcomer's share is that over its whole life."""


class Shares:
    """What each process had used when it was read, and when that was. seen: clock ticks that all of them were seen to use."""

    def __init__(self) -> None:
        self._used: dict[int, int] = {}
        self._when: dict[int, float] = {}
        self._cores = os.cpu_count() or 1
        self.seen = 0

    def begin(self, pid: int, ticks: int, start: int, now: float, first: bool) -> float:
        """The share of one that was not read before. first: nor was any other, so that it is no newcomer."""
        self._used[pid], self._when[pid] = ticks, now
        if not first:
            self.seen += ticks
        age = now - start / TICKS
        return 0.0 if first or age > YOUNG else self._capped(ticks, max(age, SHORTEST), 1)

    def share(self, pid: int, ticks: int, threads: int, now: float, before: float) -> float:
        """Of one that has used so many ticks by now; `before`, its last share, where that was a moment ago."""
        span = now - self._when.get(pid, now)
        if span < SHORTEST:
            return before
        used = ticks - self._used[pid]
        self._used[pid], self._when[pid] = ticks, now
        self.seen += max(0, used)
        return self._capped(used, span, threads)

    def unchanged(self, pids: Iterable[int], now: float) -> None:
        """These used nothing up to now."""
        self._when.update(dict.fromkeys(pids, now))

    def forget(self, pids: Iterable[int]) -> None:
        """These are gone."""
        for pid in pids:
            self._used.pop(pid, None)
            self._when.pop(pid, None)

    def _capped(self, ticks: int, span: float, threads: int) -> float:
        return min(100.0 * min(max(threads, 1), self._cores), 100 * max(0, ticks) / TICKS / span)
