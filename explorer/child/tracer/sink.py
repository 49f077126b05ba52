"""Rows on their way to procdive: gathered, sent without ever waiting, dropped and counted where it does not take them."""

import os
from array import array
from collections.abc import Callable
from itertools import accumulate
from operator import itemgetter
from typing import Any, Final

from explorer.model.batch import UNKNOWN, Batch, Kind
from explorer.trace.wire import rows_frame, words_frame

MOST: Final = 8 << 20
"""Bytes that wait here for procdive to read on."""
CHUNK: Final = 1 << 20
Row = tuple[int, int, int, int, int, int, int, bytes, int]
"""time, kind, tid, pid, number, result, took, payload, arch"""


class Sink:
    """fd: where frames go, a descriptor that does not block. most: bytes kept while it takes none."""

    def __init__(self, fd: int, most: int = MOST) -> None:
        self.fd = fd
        self.most = most
        self.rows: list[Row] = []
        self.add: Callable[[Row], None] = self.rows.append
        self.held = bytearray()
        self.lost = 0
        self.lost_since = 0
        self.full = False
        """Nothing more can be taken: calls need not even be looked at, only counted (lose)."""

    def lose(self, now: int, count: int = 1) -> None:
        """So many events are not reported."""
        if not self.lost:
            self.lost_since = now
        self.lost += count

    def flush(self) -> None:
        """Send what has gathered, in the order of its times; drop it where too much waits already."""
        if self.rows:
            self.rows.sort(key=itemgetter(0))
            self._frame()
            self.rows.clear()
        self.write()
        self.full = len(self.held) >= self.most

    def _frame(self) -> None:
        if len(self.held) >= self.most:
            self.lose(self.rows[0][0], sum(row[1] != Kind.PENDING for row in self.rows))
            return
        if self.lost:
            self.rows.insert(0, (self.lost_since, Kind.LOST, 0, 0, 0, self.lost, UNKNOWN, b"", 0))
            self.lost = 0
        self.held += rows_frame(batch_of(self.rows))

    def say(self, **words: Any) -> None:
        """Words, behind the rows that came before them; never dropped."""
        self.flush()
        if self.lost:
            batch = Batch()
            batch.add(Kind.LOST, 0, 0, self.lost_since, result=self.lost, took=UNKNOWN)
            self.held += rows_frame(batch)
            self.lost = 0
        self.held += words_frame(**words)
        self.write()

    def write(self) -> None:
        """What the pipe takes, now. Raises BrokenPipeError where nobody reads any more."""
        try:
            while self.held:
                del self.held[: os.write(self.fd, memoryview(self.held)[:CHUNK].tobytes())]
        except BlockingIOError:
            pass

    def drain(self) -> None:
        """All of it, however long it takes. Raises BrokenPipeError."""
        os.set_blocking(self.fd, True)
        self.write()


def batch_of(rows: list[Row]) -> Batch:
    """The same in columns: built a column at a time, which costs a third of a row at a time."""
    times, kinds, tids, pids, numbers, results, tooks, payloads, arches = zip(*rows, strict=True)
    return Batch(
        bytearray(kinds),
        bytearray(arches),
        array("h", (UNKNOWN,)) * len(rows),
        array("i", numbers),
        array("i", tids),
        array("i", pids),
        array("q", times),
        array("q", tooks),
        array("q", results),
        array("Q", accumulate(map(len, payloads))),
        bytearray().join(payloads),
    )
