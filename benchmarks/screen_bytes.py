"""Bytes written to a terminal of 120x40 a second, with 2,000 processes: over SSH each is a cost."""

import time

from benchmarks.row import Row
from benchmarks.screen import HTOP, PROCDIVE, Screen
from benchmarks.sleepers import Sleepers

SIZE, SETTLE, MEASURE = 2_000, 5.0, 15.0


def rate(argv: tuple[str, ...]) -> float:
    with Screen(argv) as screen:
        time.sleep(SETTLE)
        before = screen.received
        time.sleep(MEASURE)
        return (screen.received - before) / MEASURE


def rows(rounds: int) -> list[Row]:
    with Sleepers(SIZE):
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(rate(PROCDIVE))
            theirs.append(rate((*HTOP, "-t")))
    return [Row(f"{SIZE:,} processes, tree", "bytes/s", "htop", ours, theirs, 1.0)]
