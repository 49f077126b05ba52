"""Calls a second of a program that does nothing but call the kernel, traced: procdive's ptrace engine and strace, both to /dev/null.

Beside them what such a loop costs in Python at the least: one that waits and lets go on, and neither asks nor tells anything.
"""

import re
import subprocess
import sys
from pathlib import Path

from benchmarks.row import Row

COUNT = 20_000
DD = ("dd", "if=/dev/zero", "of=/dev/null", "bs=1", f"count={COUNT}")
ENGINE = (sys.executable, str(Path(__file__).with_name("trace_ptrace_program.py")))
FLOOR = (sys.executable, str(Path(__file__).with_name("trace_floor_program.py")))
ONE_CPU = ("taskset", "-c", "0")
STRACE = ("strace", "-f", "-o", "/dev/null")
TOOK = re.compile(r"copied, ([\d.]+) s")


def microseconds(tracer: tuple[str, ...]) -> float:
    """What a call takes, as dd itself measures: starts and ends are not counted. Of `COUNT` reads and writes."""
    done = subprocess.run([*tracer, *DD], capture_output=True, text=True, check=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    found = TOOK.search(done.stderr)
    assert found is not None, done.stderr
    return float(found[1]) / (2 * COUNT) * 1e6


def rows(rounds: int) -> list[Row]:
    taken: dict[tuple[str, ...], list[float]] = {ENGINE: [], FLOOR: [], STRACE: []}
    pinned: dict[tuple[str, ...], list[float]] = {ENGINE: [], FLOOR: [], STRACE: []}
    for _ in range(max(rounds, 3)):
        for tracer, found in taken.items():
            found.append(microseconds(tracer))
        for tracer, found in pinned.items():
            found.append(microseconds((*ONE_CPU, *tracer)))
    least = 1 / 0.85
    return [
        Row("a call of dd bs=1", "µs", "strace -f", taken[ENGINE], taken[STRACE], least),
        Row("the same, all on one CPU", "µs", "strace -f", pinned[ENGINE], pinned[STRACE], least),
        Row("the floor: Python that tells nothing", "µs", "strace -f", taken[FLOOR], taken[STRACE], least, "no promise of its own"),
        Row("the floor, all on one CPU", "µs", "strace -f", pinned[FLOOR], pinned[STRACE], least, "no promise of its own"),
    ]
