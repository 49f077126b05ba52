"""How much a counter grows in a second, of late."""

import time
from collections import deque
from typing import Final

LATELY: Final = 2.0
"""Seconds that are looked back at."""
LEAST: Final = 0.5
"""Seconds that are reckoned with at least, so that the first of them promise nothing."""


class Pace:
    """see(value) whenever it is known; a_second is what it grew by."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque()

    def see(self, value: float) -> None:
        """It is so much now."""
        now = time.monotonic()
        self._seen.append((now, value))
        while len(self._seen) > 2 and now - self._seen[1][0] >= LATELY:
            self._seen.popleft()

    @property
    def a_second(self) -> float:
        """0 as long as it was seen once."""
        if len(self._seen) < 2:
            return 0.0
        (before, was), (_, value) = self._seen[0], self._seen[-1]
        return max(0.0, value - was) / max(LEAST, time.monotonic() - before)
