"""What a session's thread hands to the screen's, batch by batch; what nobody fetches in time is counted, never kept."""

import threading
from typing import Final

from explorer.model.batch import Batch, Kind

MOST: Final = 100_000
"""Rows that wait for the screen,"""
MOST_BYTES: Final = 32 << 20
"""and bytes."""


class Mailbox:
    """put in one thread, take in another. most, most_bytes: what waits; what comes on top of it is lost, and counted as such."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._guard = threading.Lock()
        self._waiting: list[Batch] = []
        self._rows = self._bytes = 0
        self._lost = 0
        self._when = 0

    def __bool__(self) -> bool:
        return bool(self._waiting) or bool(self._lost)

    def put(self, batch: Batch) -> None:
        """Add rows; the batch is ours from now on."""
        if not batch:
            return
        with self._guard:
            if self.full(batch):
                self._lost += events(batch)
                self._when = batch.times[-1]
                return
            self._say_lost()
            self._keep(batch)

    def full(self, batch: Batch) -> bool:
        """There is no room for these rows as well."""
        return bool(self._waiting) and (self._rows + len(batch) > self._most or self._bytes + batch.size > self._most_bytes)

    def take(self) -> list[Batch]:
        """All that waits, and at its end how many were lost."""
        with self._guard:
            self._say_lost()
            batches, self._waiting = self._waiting, []
            self._rows = self._bytes = 0
            return batches

    def _keep(self, batch: Batch) -> None:
        self._waiting.append(batch)
        self._rows += len(batch)
        self._bytes += batch.size

    def _say_lost(self) -> None:
        if self._lost:
            lost = Batch()
            lost.add(Kind.LOST, 0, 0, self._when, result=self._lost)
            self._keep(lost)
            self._lost = 0


def events(batch: Batch) -> int:
    """How many events its rows stand for, those in flight apart: they are told again when they end."""
    lost = sum(batch.results[row] - 1 for row in range(len(batch)) if batch.kinds[row] == Kind.LOST) if Kind.LOST in batch.kinds else 0
    return len(batch) - batch.kinds.count(Kind.PENDING) + lost
