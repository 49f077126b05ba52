"""A filter over a log: the places of the rows that match, in order, kept as rows come and go.

Nothing here blocks: update() takes what is new, work() goes through what is old, both no longer than they are given. What is newest
is looked at first, so that what is on the screen is there at once, whatever the filter.
"""

import time
from collections.abc import Iterator
from itertools import compress
from math import inf
from typing import Final

from explorer.decode.syscall.call import DEFAULT, Style
from explorer.model.batch import Batch
from explorer.model.event import TraceEvent
from explorer.query.trace import TraceFilter
from explorer.trace.decoded import event_of
from explorer.trace.log import Flight, Log
from explorer.trace.matching import Matcher, failing
from explorer.trace.places import Places

EVERYTHING: Final = TraceFilter()
STEP: Final = 4096
"""Rows that are looked at between two looks at the clock; a filter that reads payloads begins with fewer and finds its own pace."""
SLOW_STEP: Final = 64
PACE: Final = 0.002
"""Seconds that a step should take."""


class View:
    """len(view) rows match and are still there; view[0] is the place of the oldest of them. Not for several threads at a time."""

    def __init__(self, log: Log, wish: TraceFilter = EVERYTHING) -> None:
        self.log = log
        self.filter(wish)

    def filter(self, wish: TraceFilter) -> None:
        """Another filter: begin anew at the newest row."""
        self.wish = wish
        self.matcher = Matcher(wish, self.log.call_of)
        self.places, self.failures = Places(), Places()
        self.low = self.high = self.log.end
        """From low up to high has been looked at."""
        self.step = SLOW_STEP if self.matcher.slow else STEP

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, index: int) -> int:
        """The place of the index-th row that matches. Raises IndexError outside 0 … len - 1."""
        return self.places[index]

    def index(self, place: int) -> int:
        """How many matching rows are before a place: its own index where it matches."""
        return self.places.bisect(place)

    def __contains__(self, place: int) -> bool:
        index = self.places.bisect(place)
        return index < len(self.places) and self.places[index] == place

    @property
    def hidden(self) -> int:
        """Rows that are there, were looked at, and do not match."""
        return self.high - max(self.low, min(self.log.first, self.high)) - len(self.places)

    @property
    def failed(self) -> int:
        """Matching rows that failed in the screen's sense."""
        return len(self.failures)

    @property
    def progress(self) -> float:
        """How much of the log has been looked at: 0 to 1."""
        held = len(self.log)
        return 1.0 if not held else max(0, self.high - max(self.low, self.log.first)) / held

    def update(self, budget: float = inf) -> None:
        """Forget what was dropped, and look at rows that came since, for at most about budget seconds."""
        first = self.log.first
        if first > self.low:
            self.places.drop(first)
            self.failures.drop(first)
            self.low = min(first, self.log.end)
            self.high = max(self.high, self.low)
        until = time.perf_counter() + budget
        while self.high < self.log.end:
            rows, row = self.log.place(self.high)
            ahead = min(len(rows), row + self.step)
            self._look(rows, row, ahead, self.high - row, older=False)
            self.high += ahead - row
            if time.perf_counter() >= until:
                break

    def work(self, budget: float = inf) -> float:
        """update, then go on towards the oldest row, all for at most about budget seconds; the progress, 1 when nothing is left."""
        until = time.perf_counter() + budget
        self.update(budget)
        while self.low > self.log.first and time.perf_counter() < until:
            rows, last = self.log.place(self.low - 1)
            behind = max(0, last + 1 - self.step)
            self._look(rows, behind, last + 1, self.low - 1 - last, older=True)
            self.low -= last + 1 - behind
        return self.progress

    def _look(self, rows: Batch, low: int, high: int, start: int, *, older: bool) -> None:
        """At rows low to high of a chunk whose first place is start."""
        flags = self.matcher.flags(rows, low, high)
        if flags is not None:
            self._take(rows, flags, low, high, start, older=older)
            return
        began = time.perf_counter()
        found = self.matcher.rows(rows, low, high)
        failed = self.matcher.failures(rows, found)
        for into, these in ((self.places, found), (self.failures, failed)):
            if these:
                whole = isinstance(these, range)
                places = range(start + these[0], start + these[-1] + 1) if whole else [start + row for row in these]
                (into.prepend if older else into.append)(places)
        took = time.perf_counter() - began
        if self.matcher.slow:
            self.step = max(8, min(STEP, round(self.step * min(4.0, PACE / max(took, 1e-6)))))

    def _take(self, rows: Batch, flags: bytes, low: int, high: int, start: int, *, older: bool) -> None:
        """What columns chose of them."""
        count = flags.count(1)
        if not count:
            return
        if older:
            down = range(start + high - 1, start + low - 1, -1)
            self.places.prepend_down(down if count == high - low else compress(down, flags[::-1]))
        else:
            up = range(start + low, start + high)
            self.places.append(up if count == high - low else compress(up, flags))
        failed = [start + row for row in failing(rows.results, low, high) if flags[row - low]]
        (self.failures.prepend if older else self.failures.append)(failed)

    def flying(self, style: Style = DEFAULT) -> Iterator[TraceEvent]:
        """The calls in flight that the filter wants, decoded, longest first."""
        for flight in self.flights():
            yield event_of(flight.rows, 0, self.log.epoch, self.log.call_of, style)

    def flights(self) -> list[Flight]:
        """The calls in flight that the filter wants, longest first."""
        flights = sorted(self.log.flights.values(), key=lambda flight: flight.since)
        return [flight for flight in flights if self.matcher.rows(flight.rows, 0, 1)]
