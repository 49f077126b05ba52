"""The bounded store of a trace: batches in columns, oldest dropped and counted, decoded only when somebody looks.

A row has a place that never changes: the first one that ever came is 0. Rows that were dropped are below `first`. Not for
several threads at a time; appending copies columns and costs next to nothing a row.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple

from explorer.decode.syscall.call import DEFAULT, Style
from explorer.model.batch import UNFINISHED_END, Batch, Kind
from explorer.model.event import TraceEvent
from explorer.trace.decoded import CallOf, event_of
from explorer.trace.payload import call_of as packed_call

BYTES: Final = 256 << 20
EVENTS: Final = 4_000_000
CHUNK: Final = 4096
"""Rows that small batches are gathered to."""


class Chunk(NamedTuple):
    """Rows that are dropped together. start: the place of the first of them."""

    start: int
    rows: Batch


class Flight(NamedTuple):
    """A call in flight: row 0 of a batch of its own."""

    tid: int
    since: int
    rows: Batch


class Log:
    """epoch, call_of: of the tracer whose events these are. most: bytes, and rows, that are kept."""

    def __init__(self, epoch: int = 0, call_of: CallOf = packed_call, most: int = BYTES, most_rows: int = EVENTS) -> None:
        self.epoch = epoch
        self.call_of = call_of
        self.most, self.most_rows = most, most_rows
        self.chunks: deque[Chunk] = deque()
        self.end = 0
        """The place after the last row: so many came."""
        self.size = 0
        """Bytes that are held."""
        self.calls = 0
        """Finished calls that came, dropped ones too."""
        self.lost = 0
        """Events that the engine lost, in all."""
        self.flights: dict[int, Flight] = {}
        """tid → the call that it is in now, where it has been in it for a while."""

    @property
    def first(self) -> int:
        """The place of the oldest row that is still here; as many were dropped."""
        return self.chunks[0].start if self.chunks else self.end

    def __len__(self) -> int:
        return self.end - self.first

    def append(self, batch: Batch) -> None:
        """Take what an engine hands over; the batch is ours from now on."""
        if not batch:
            return
        kept = self._without_flights(batch)
        if not kept:
            return
        self.calls += kept.kinds.count(Kind.CALL)
        if Kind.LOST in kept.kinds:
            self.lost += sum(result for kind, result in zip(kept.kinds, kept.results, strict=True) if kind == Kind.LOST)
        if self.chunks and len(self.chunks[-1].rows) + len(kept) <= CHUNK:
            last = self.chunks[-1].rows
            # Not what the new rows took: two engines' batches, thrown together, are of another size.
            self.size -= last.size
            last.extend(kept)
            self.size += last.size
        else:
            self.chunks.append(Chunk(self.end, kept))
            self.size += kept.size
        self.end += len(kept)
        while len(self.chunks) > 1 and (self.size > self.most or len(self) > self.most_rows):
            self.size -= self.chunks.popleft().rows.size

    def _without_flights(self, batch: Batch) -> Batch:
        """Keep PENDING rows aside, and forget those whose calls are over."""
        if Kind.PENDING not in batch.kinds:
            if self.flights and batch.touches({tid: flight.rows.pids[0] for tid, flight in self.flights.items()}):
                for kind, tid in zip(batch.kinds, batch.tids, strict=True):
                    if kind in OVER:
                        self.flights.pop(tid, None)
            return batch
        kept = Batch()
        for row, kind in enumerate(batch.kinds):
            tid = batch.tids[row]
            if kind == Kind.PENDING:
                alone = Batch()
                copy(batch, row, alone)
                self.flights[tid] = Flight(tid, batch.times[row], alone)
            else:
                if kind in OVER:
                    self.flights.pop(tid, None)
                copy(batch, row, kept)
        return kept

    def place(self, index: int) -> tuple[Batch, int]:
        """The batch that holds a row, and the row in it. Raises IndexError where it was dropped or has not come."""
        if not self.first <= index < self.end:
            raise IndexError(index)
        # Chunks are few where rows are many, and those looked at mostly the newest.
        low = bisect_right(self.chunks, index, key=lambda chunk: chunk.start) - 1
        chunk = self.chunks[low]
        return chunk.rows, index - chunk.start

    def event(self, index: int, style: Style = DEFAULT) -> TraceEvent:
        """A row, decoded. Raises IndexError as place does."""
        rows, row = self.place(index)
        return event_of(rows, row, self.epoch, self.call_of, style)

    def flying(self, style: Style = DEFAULT) -> Iterator[TraceEvent]:
        """The calls in flight, decoded, longest first."""
        for flight in sorted(self.flights.values(), key=lambda flight: flight.since):
            yield event_of(flight.rows, 0, self.epoch, self.call_of, style)

    def clear(self) -> None:
        """Forget all rows; places go on from where they were."""
        self.chunks.clear()
        self.size = 0


OVER: Final = frozenset({Kind.CALL, Kind.EXITED, Kind.SUPERSEDED})
"""Kinds after which the thread is in the reported call no more."""


def copy(source: Batch, row: int, target: Batch) -> None:
    """One row into another batch."""
    target.add(
        source.kinds[row],
        source.tids[row],
        source.pids[row],
        source.times[row],
        source.numbers[row],
        source.results[row],
        source.tooks[row],
        source.payload(row),
        source.arches[row],
        source.cpus[row],
    )


def failed(number: int) -> bool:
    """A result that is an error."""
    return -4096 < number < 0 and number != UNFINISHED_END
