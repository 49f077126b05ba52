"""CPU of the whole program a second, with the tree on the screen: procdive and htop, both with a tick a second."""

import time

from benchmarks.cost import Meter
from benchmarks.row import Row
from benchmarks.screen import HTOP, PROCDIVE, Screen
from benchmarks.sleepers import Sleepers

SIZES = {200: 1.0, 2_000: 1 / 4, 10_000: 1 / 6}
"""processes on the machine: at most so much of htop's"""

SETTLE, MEASURE = 5.0, 10.0


def rate(argv: tuple[str, ...], keys: str = "") -> float:
    """CPU milliseconds a second, when all is on the screen and the keys were pressed."""
    with Screen(argv) as screen:
        time.sleep(SETTLE)
        if keys:
            screen.press(keys)
            time.sleep(1)
        meter = Meter(screen.process.pid)
        meter.start()
        time.sleep(MEASURE)
        assert screen.process.poll() is None, screen.text[-2000:]
        return meter.rate()


def rows(rounds: int) -> list[Row]:
    found = []
    for size, most in SIZES.items():
        with Sleepers(size):
            ways = (("tree", "", (*HTOP, "-t")), ("sorted by CPU", "P", (*HTOP, "-s", "PERCENT_CPU")))
            for what, keys, htop in ways:
                ours, theirs = [], []
                for _ in range(rounds):
                    ours.append(rate(PROCDIVE, keys))
                    theirs.append(rate(htop))
                found.append(Row(f"{size:,} processes, {what}", "ms/s", "htop", ours, theirs, most))
    return found
