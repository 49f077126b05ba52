"""CPU of the process table alone, no screen: our ticks, sorted by CPU, beside htop and top, all with a tick a second."""

import subprocess
import sys
import time

from benchmarks.cost import Meter
from benchmarks.row import Row
from benchmarks.screen import HTOP
from benchmarks.screen_cpu import MEASURE, SETTLE, rate
from benchmarks.sleepers import Sleepers

SIZES = {200: 1 / 2, 2_000: 1 / 6, 10_000: 1 / 8}
"""processes on the machine: at most so much of htop's"""

TICKING = """
import time
from explorer.collect.snapshot import ProcessTable
from explorer.model.tree import View, grow
from explorer.resolve.system import System
table, forest, due = ProcessTable(System()), None, time.monotonic()
while True:
    shown = [row.process.id.pid for row in forest.rows(0, 38)] if forest else ()
    forest = grow(table.tick(shown), View(sort="cpu", descending=True), forest)
    due = max(due + 1, time.monotonic())
    time.sleep(max(0.0, due - time.monotonic()))
"""


def ticking() -> float:
    """CPU milliseconds a second of the table, its reader included, 38 rows of it looked at."""
    with subprocess.Popen([sys.executable, "-c", TICKING]) as process:
        try:
            time.sleep(SETTLE)
            meter = Meter(process.pid)
            meter.start()
            time.sleep(MEASURE)
            assert process.poll() is None
            return meter.rate()
        finally:
            process.kill()


def rows(rounds: int) -> list[Row]:
    found = []
    for size, most in SIZES.items():
        with Sleepers(size):
            ours, htops, tops = [], [], []
            for _ in range(rounds):
                ours.append(ticking())
                htops.append(rate((*HTOP, "-s", "PERCENT_CPU")))
                tops.append(rate(("top", "-d", "1")))
            found.append(Row(f"the table alone, {size:,} processes", "ms/s", "htop", ours, htops, most))
            found.append(Row(f"the table alone, {size:,} processes", "ms/s", "top", ours, tops, 1.0))
    return found
