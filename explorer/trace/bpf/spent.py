"""What the programs cost the machine: measured for a moment every second, and reckoned from that."""

import time
from collections.abc import Callable, Sequence
from typing import Final

from explorer.kernel.bpf.stats import Measuring, Runs, runs
from explorer.model.missing import Unreadable

EVERY: Final = 1.0
"""Seconds from one measurement to the next."""


class Spent:
    """begin() and end() around a pause of the reader. seconds: CPU time of all processors that the programs took so far, None where the
    kernel does not measure it. missed: runs that were left out. For one thread."""

    def __init__(
        self,
        programs: Sequence[int],
        *,
        clock: Callable[[], float] = time.monotonic,
        measuring: Callable[[], Measuring] = Measuring,
        told: Callable[[Sequence[int]], Runs] = runs,
    ) -> None:
        self.seconds: float | None = 0.0
        self.missed = 0
        self._programs = programs
        self._clock, self._make, self._told = clock, measuring, told
        self._measuring: Measuring | None = None
        self._last = self._begun = clock()
        self._before = 0
        self._due = self._last

    def begin(self) -> None:
        """Where it is time for it."""
        if self.seconds is None or self._clock() < self._due:
            return
        try:
            self._measuring = self._make()
        except Unreadable:
            self.seconds = None
            return
        self._before = self._told(self._programs).nanoseconds
        self._begun = self._clock()

    def end(self) -> None:
        """Where it was begun."""
        if self._measuring is None or self.seconds is None:
            return
        now = self._clock()
        told = self._told(self._programs)
        self.close()
        if now > self._begun:
            self.seconds += (told.nanoseconds - self._before) / 1e9 / (now - self._begun) * (now - self._last)
        self.missed = told.missed
        self._last, self._due = now, now + EVERY

    def close(self) -> None:
        """Any number of times."""
        if self._measuring is not None:
            self._measuring.close()
            self._measuring = None
