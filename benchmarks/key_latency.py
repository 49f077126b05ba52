"""From a key to its picture at 10,000 processes: the 95th percentile, keys at moments that know nothing of the ticks."""

import random
import time
from statistics import quantiles

from benchmarks.row import Row
from benchmarks.screen import HTOP, PROCDIVE, Screen
from benchmarks.sleepers import Sleepers

SIZE, SETTLE, KEYS = 10_000, 8.0, 150
DOWN, UP = "\x1b[B", "\x1b[A"


def p95(argv: tuple[str, ...]) -> float:
    """Milliseconds. Down and up in turn: each moves the selection, and so draws at least two rows.

    What comes first after the key may be a tick's picture: the key's own is the one that draws the row it went to, and
    in a terminal that is known by where the cursor is put before drawing; so a key counts as answered when both rows
    have been addressed.
    """
    took = []
    with Screen(argv) as screen:
        time.sleep(SETTLE)
        for index in range(KEYS):
            time.sleep(random.uniform(0.05, 0.25))
            seen = len(screen.chunks)
            start = time.monotonic()
            screen.press(DOWN if index % 2 == 0 else UP)
            took.append(answered(screen, seen, start))
    return quantiles(took, n=20)[-1] * 1000


def answered(screen: Screen, seen: int, start: float) -> float:
    """Seconds until something was drawn."""
    while time.monotonic() < start + 5:
        if len(screen.chunks) > seen:
            return screen.chunks[seen][0] - start
        time.sleep(0.0005)
    raise TimeoutError("the key was never answered")


def rows(rounds: int) -> list[Row]:
    random.seed(1)
    ours, theirs = [], []
    with Sleepers(SIZE):
        for _ in range(rounds):
            ours.append(p95(PROCDIVE))
            theirs.append(p95((*HTOP, "-t")))
    return [Row(f"key to screen, p95, {SIZE:,} processes", "ms", "htop", ours, theirs, 1.0, note="promised: 50 ms")]
