"""CPU of the whole screen while a process is traced by the bpf engine that makes so many calls a second."""

import subprocess
import sys
import time

from benchmarks.cost import Meter
from benchmarks.row import Row
from benchmarks.screen import PROCDIVE, Screen

PROMISED = {1_000: 30.0, 100_000: 600.0}
"""Calls a second → milliseconds of CPU a second."""
BEGIN, MEASURE = 4.0, 15.0
CALLER = """
import os, sys, time
rate, fd = int(sys.argv[1]), os.open("/dev/zero", os.O_RDONLY)
due = time.monotonic()
while True:
    for _ in range(rate // 100 // 2):
        os.pread(fd, 16, 0)
        os.getppid()
    due += 0.01
    time.sleep(max(0.0, due - time.monotonic()))
"""


def measured(rate: int) -> float:
    """CPU milliseconds a second."""
    caller = subprocess.Popen((sys.executable, "-c", CALLER, str(rate)))
    try:
        with Screen((*PROCDIVE, str(caller.pid))) as screen:
            until = time.monotonic() + 20
            while str(caller.pid) not in screen.text:
                assert time.monotonic() < until, screen.text[-3000:]
                time.sleep(0.1)
            screen.press("s")
            while "pread64" not in screen.text:
                assert time.monotonic() < until, screen.text[-3000:]
                time.sleep(0.1)
            time.sleep(BEGIN)
            meter = Meter(screen.process.pid)
            meter.start()
            time.sleep(MEASURE)
            cpu = meter.rate()
            assert screen.process.poll() is None, screen.text[-2000:]
            return cpu
    finally:
        caller.kill()
        caller.wait()


def rows(rounds: int) -> list[Row]:
    found: dict[int, list[float]] = {}
    for _ in range(max(rounds, 3)):
        for rate in PROMISED:
            found.setdefault(rate, []).append(measured(rate))
    return [
        Row(
            f"CPU of the whole screen: a process of {rate:,} calls a second traced",
            "ms/s",
            "promised",
            found[rate],
            [most] * len(found[rate]),
            1,
        )
        for rate, most in PROMISED.items()
    ]
