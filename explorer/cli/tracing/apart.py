"""procdive trace -ff -o FILE: the lines of each thread in a file of its own, FILE.TID."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from explorer.cli.tracing.lines import Lines
from explorer.cli.tracing.wish import Wish
from explorer.model.batch import Batch, Kind
from explorer.trace.log import copy
from explorer.trace.saved import Opened
from explorer.trace.tracer import Tracer

EVERYBODY = 0
"""Rows of no thread: what is lost is lost to each file, a notice is said once."""


class Apart:
    """make: thread, and whether it had a file before → what prints its lines; raises OSError where there can be none.

    beside: prints what is said to the person.
    """

    def __init__(self, wish: Wish, make: Callable[[int, bool], Lines], beside: Lines) -> None:
        self.wish, self.make, self.beside = wish, make, beside
        self.over = False
        self.ends: dict[int, int] = {}
        self.open: dict[int, Lines] = {}
        self.had: set[int] = set()
        self.lost = self.events = 0

    @property
    def enough(self) -> bool:
        """As many lines as were asked for, in all files together."""
        return self.wish.events is not None and self.events >= self.wish.events

    def take(self, batch: Batch, tracer: Tracer | Opened) -> None:
        """Each thread's rows to its file. Raises OSError where one cannot be written."""
        for tid, rows in threads(batch):
            if self.enough:
                break
            if tid == EVERYBODY:
                self._everybody(rows, tracer)
                continue
            lines = self.open.get(tid)
            if lines is None:
                lines = self.open[tid] = self.make(tid, tid in self.had)
                self.had.add(tid)
            before = lines.events
            if self.wish.events is not None:
                lines.wish = replace(self.wish, events=before + self.wish.events - self.events)
            lines.take(rows, tracer)
            self.events += lines.events - before
            self.ends.update(lines.ends)
            if Kind.EXITED in rows.kinds or Kind.SUPERSEDED in rows.kinds:
                self._close(tid)

    def _everybody(self, rows: Batch, tracer: Tracer | Opened) -> None:
        for row, kind in enumerate(rows.kinds):
            alone = Batch()
            copy(rows, row, alone)
            if kind == Kind.LOST:
                self.lost += rows.results[row]
            for lines in self.open.values() if kind == Kind.LOST else (self.beside,):
                lines.take(alone, tracer)

    def _close(self, tid: int) -> None:
        lines = self.open.pop(tid)
        lines.where.out.close()

    def rest(self) -> None:
        """It is over."""
        for tid, lines in list(self.open.items()):
            lines.rest()
            self._close(tid)

    def sum_up(self, tracer: Tracer | Opened) -> None:
        """The last line, beside the trace."""
        self.beside.events, self.beside.lost = self.events, self.lost
        self.beside.sum_up(tracer)


def threads(batch: Batch) -> Iterable[tuple[int, Batch]]:
    """Rows of one thread after the other."""
    found: dict[int, Batch] = {}
    for row, tid in enumerate(batch.tids):
        copy(batch, row, found.setdefault(tid, Batch()))
    return found.items()
