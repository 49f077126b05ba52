"""What a session's thread hands to the screen's: batches become one, and what nobody fetches in time is counted, never kept."""

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
        self._waiting = Batch()
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
            if self._waiting:
                self._waiting.extend(batch)
            else:
                self._waiting = batch

    def full(self, batch: Batch) -> bool:
        """There is no room for these rows as well."""
        waiting = self._waiting
        return bool(waiting) and (len(waiting) + len(batch) > self._most or waiting.size + batch.size > self._most_bytes)

    def take(self) -> Batch:
        """All that waits, and at its end how many were lost."""
        with self._guard:
            self._say_lost()
            batch, self._waiting = self._waiting, Batch()
            return batch

    def _say_lost(self) -> None:
        if self._lost:
            self._waiting.add(Kind.LOST, 0, 0, self._when, result=self._lost)
            self._lost = 0


def events(batch: Batch) -> int:
    """How many events its rows stand for, those in flight apart: they are told again when they end."""
    lost = sum(batch.results[row] - 1 for row in range(len(batch)) if batch.kinds[row] == Kind.LOST) if Kind.LOST in batch.kinds else 0
    return len(batch) - batch.kinds.count(Kind.PENDING) + lost
