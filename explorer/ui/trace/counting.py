"""What a summary or the access of a trace is made from, brought up to date while somebody looks at it: rows of the log, or what the
engine counted itself."""

import time
from array import array
from collections.abc import Callable, Iterable
from typing import Final, Generic, NamedTuple, TypeVar

from explorer.model.batch import ARCHES, Batch, Kind
from explorer.trace.access import Access
from explorer.trace.access.place import PlaceOf
from explorer.trace.access.plan import plan
from explorer.trace.log import Log, copy
from explorer.trace.summary import Summary

STEPS: Final = (256, 32_768)
"""Rows at a time, at least and at most: as many as take about"""
PACE: Final = 0.004
"""so many seconds."""

T = TypeVar("T")
Pick = Callable[[Batch, int, int], Batch]
"""(rows, start, end) → a batch of those."""


class Begun(NamedTuple):
    """since: from when on is counted, ns since 1970. start: the place in the log of the first row that counts. own: the engine counts."""

    since: int
    start: int
    own: bool


class Counting(Generic[T]):
    """table: what is counted into. since: from when on, ns since 1970. missed: rows that the log dropped before they were counted.

    In the screen's thread only: work() goes through the rows that the log has, a little at a time; rows that nobody looked at wait
    for it there.
    """

    def __init__(
        self, table: T, take: Callable[[Batch], object], clear: Callable[[], object], log: Log, begun: Begun, pick: Pick | None
    ) -> None:
        """take, clear: the table's. pick: what of the log's rows it takes; None where it takes none."""
        self.table = table
        self.since, self.own = begun.since, begun.own
        self.missed = 0
        self.version = 0
        """Grows with what is counted."""
        self._take, self._clear = take, clear
        self._log, self._pick = log, pick
        self._start = self._at = begun.start
        self._step = STEPS[0]

    @property
    def more(self) -> bool:
        """Rows wait."""
        return self._pick is not None and self._at < self._log.end

    @property
    def behind(self) -> int:
        """How many."""
        return self._log.end - self._at if self._pick is not None else 0

    @property
    def progress(self) -> float:
        """Of the rows that there are how many are counted, 0 to 1."""
        whole = self._log.end - self._start
        return 1.0 if not self.more or not whole else (self._at - self._start) / whole

    def snapshot(self, batch: Batch) -> None:
        """What the engine counted."""
        self._take(batch)
        self.version += 1

    def work(self, budget: float) -> None:
        """Go on for about so many seconds."""
        now = time.perf_counter()
        until = now + budget
        while self.more and now < until:
            self._next()
            before, now = now, time.perf_counter()
            self._step = max(STEPS[0], min(STEPS[1], self._step * 2 if now - before < PACE else self._step // 2))

    def reset(self) -> None:
        """What was counted is forgotten: from now on."""
        self._clear()
        self.since = time.time_ns()
        self._start = self._at = self._log.end
        self.missed = 0
        self.version += 1

    def _next(self) -> None:
        first = self._log.first
        if self._at < first:
            self.missed += first - self._at
            self._at = first
            return
        rows, row = self._log.place(self._at)
        end = min(len(rows), row + self._step)
        if self._pick is not None:
            self._take(self._pick(rows, row, end))
        self._at += end - row
        self.version += 1


def summing(log: Log, begun: Begun) -> Counting[Summary]:
    """A summary; of what an engine counts itself no row is needed."""
    table = Summary()
    if begun.own:
        table.take(Batch(tallies={}))  # so it knows from the first moment who counts
    return Counting(table, table.take, table.reset, log, begun, None if begun.own else columns)


def accessing(log: Log, begun: Begun, place_of: PlaceOf | None, pids: Iterable[int] = ()) -> Counting[Access]:
    """Access; an engine that counts uses tells rows of calls with paths besides. place_of: None where pids are another machine's."""
    table = Access(place_of, log.epoch) if place_of is not None else Access(epoch=log.epoch)
    if place_of is not None:
        table.begin(pids)
    if begun.own:
        table.take(Batch(uses={}), log.call_of)
    return Counting(table, lambda batch: table.take(batch, log.call_of), table.clear, log, begun, told if begun.own else part)


def part(rows: Batch, start: int, end: int) -> Batch:
    """Some of its rows, without what the engine counted."""
    found = columns(rows, start, end)
    base = rows.ends[start - 1] if start else 0
    ends = rows.ends[start:end]
    found.ends = array("Q", [each - base for each in ends]) if base else ends
    found.blob = rows.blob[base : ends[-1] if ends else base]
    return found


def told(rows: Batch, start: int, end: int) -> Batch:
    """Of these rows those that say something that an engine does not count, as few as they are: no other's payload is touched."""
    kinds, numbers, arches = rows.kinds, rows.numbers, rows.arches
    found = Batch()
    for row in range(start, end):
        if kinds[row] != Kind.CALL or ((does := plan(numbers[row], ARCHES[arches[row]])) is not None and does.told):
            copy(rows, row, found)
    return found


def columns(rows: Batch, start: int, end: int) -> Batch:
    """Some of its rows without their payloads."""
    return Batch(
        rows.kinds[start:end],
        rows.arches[start:end],
        rows.cpus[start:end],
        rows.numbers[start:end],
        rows.tids[start:end],
        rows.pids[start:end],
        rows.times[start:end],
        rows.tooks[start:end],
        rows.results[start:end],
        array("Q", bytes(8 * max(0, end - start))),
    )
