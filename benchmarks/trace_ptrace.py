"""Calls a second of a program that does nothing but call the kernel, traced: procdive's ptrace engine and strace, both to /dev/null."""

import re
import subprocess
import sys
from pathlib import Path

from benchmarks.row import Row

COUNT = 20_000
DD = ("dd", "if=/dev/zero", "of=/dev/null", "bs=1", f"count={COUNT}")
ENGINE = (sys.executable, str(Path(__file__).with_name("trace_ptrace_program.py")))
STRACE = ("strace", "-f", "-o", "/dev/null")
TOOK = re.compile(r"copied, ([\d.]+) s")


def microseconds(tracer: tuple[str, ...]) -> float:
    """What a call takes, as dd itself measures: starts and ends are not counted. Of `COUNT` reads and writes."""
    done = subprocess.run([*tracer, *DD], capture_output=True, text=True, check=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    found = TOOK.search(done.stderr)
    assert found is not None, done.stderr
    return float(found[1]) / (2 * COUNT) * 1e6


def rows(rounds: int) -> list[Row]:
    ours, theirs = [], []
    for _ in range(max(rounds, 3)):
        ours.append(microseconds(ENGINE))
        theirs.append(microseconds(STRACE))
    return [Row("a call of dd bs=1", "µs", "strace -f", ours, theirs, 1 / 0.85)]
