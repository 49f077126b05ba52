"""100,000 calls a second in the trace area, 10,000 processes in the tree: CPU over that of the same screen without the feed, and keys."""

import random
import re
import subprocess
import sys
import time
from statistics import quantiles

from benchmarks.cost import Meter
from benchmarks.row import Row
from benchmarks.screen import Screen
from benchmarks.sleepers import Sleepers

SIZE, RATE = 10_000, 100_000
SETTLE, BEGIN, MEASURE, KEYS = 8.0, 4.0, 15.0, 150
CPU, LATENCY = 120.0, 50.0
"""What is promised: milliseconds of CPU a second, and milliseconds from a key to its picture."""
TREE = re.compile(rb"\x1b\[(?:[3-9]|1\d|2[0-4]);\d*H")
"""A cursor put among the tree's rows."""


def answered(screen: Screen, seen: int, start: float) -> float:
    """Seconds until something was drawn in the tree."""
    while time.monotonic() < start + 5:
        for when, data in screen.chunks[seen:]:
            seen += 1
            if TREE.search(data):
                return when - start
        time.sleep(0.0005)
    raise TimeoutError("the key was never answered")


def measured(rate: int, pid: int) -> tuple[float, float]:
    """CPU milliseconds a second, and the 95th percentile from key to picture, while so many calls a second come."""
    argv = (sys.executable, "-m", "benchmarks.trace_feed_program", str(rate), str(pid))
    with Screen(argv) as screen:
        time.sleep(SETTLE)
        screen.press("s")
        until = time.monotonic() + 20
        while "Trace" not in screen.text:
            assert time.monotonic() < until, screen.text[-3000:]
            time.sleep(0.1)
        time.sleep(BEGIN)
        meter = Meter(screen.process.pid)
        meter.start()
        time.sleep(MEASURE)
        cpu = meter.rate()
        assert screen.process.poll() is None, screen.text[-2000:]
        # The trace is drawn all the time: only a picture with rows of the tree, where the key moves the selection, is the key's.
        took = []
        for index in range(KEYS):
            time.sleep(random.uniform(0.05, 0.25))
            seen, start = len(screen.chunks), time.monotonic()
            screen.press("\x1b[B" if index % 2 == 0 else "\x1b[A")
            took.append(answered(screen, seen, start))
    return cpu, quantiles(took, n=20)[-1] * 1000


def rows(rounds: int) -> list[Row]:
    random.seed(1)
    over, keys = [], []
    with Sleepers(SIZE):
        target = subprocess.Popen(["sleep", "3600"])
        try:
            for _ in range(rounds):
                idle, _ = measured(0, target.pid)
                fed, latency = measured(RATE, target.pid)
                print(f"  {idle:.1f} ms/s without, {fed:.1f} with, keys {latency:.1f} ms", flush=True)
                over.append(fed - idle)
                keys.append(latency)
        finally:
            target.terminate()
            target.wait()
    what = f"{RATE:,} calls a second in the trace area, {SIZE:,} processes"
    return [
        Row(f"CPU over that without the feed: {what}", "ms/s", "promised", over, [CPU] * rounds, 1.0),
        Row(f"key to screen, p95: {what}", "ms", "promised", keys, [LATENCY] * rounds, 1.0),
    ]
