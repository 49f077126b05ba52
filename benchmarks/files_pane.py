"""The Files pane of a process with very many descriptors: CPU of a refresh where nothing changes, and the keys while they are read."""

import json
import random
import resource
import subprocess
import sys
import time
from statistics import mean, quantiles

from benchmarks.files_holder import FilesHolder
from benchmarks.row import Row
from benchmarks.screen import PROCDIVE, TREE, Screen

SIZE, REFRESHES, PROMISED = 10_000, 25, 30.0
MANY = 100_000
KEYS, KEY_PROMISED = 60, 100.0
DOWN, UP = "\x1b[B", "\x1b[A"
LSOF = ("lsof", "-n", "-P", "-p")


def refresh(pid: int) -> float:
    """Milliseconds of CPU, the mean of REFRESHES."""
    argv = [sys.executable, "-m", "benchmarks.files_pane_program", str(pid), str(REFRESHES)]
    took: list[float] = json.loads(subprocess.run(argv, cwd=TREE, check=True, capture_output=True, text=True).stdout)
    return mean(took)


def listed(pid: int) -> float:
    """Milliseconds of CPU of one lsof of that process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*LSOF, str(pid)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000


def keys(pid: int) -> float:
    """Milliseconds from a key to its picture, the 95th percentile, from the first row on, while the others are read."""
    took = []
    with Screen((*PROCDIVE, str(pid))) as screen:
        while b"regular" not in b"".join(data for _, data in list(screen.chunks)):
            time.sleep(0.01)
        screen.press("l")
        time.sleep(0.3)
        for index in range(KEYS):
            time.sleep(random.uniform(0.05, 0.15))
            seen = len(screen.chunks)
            start = time.monotonic()
            screen.press(UP if index % 4 == 3 else DOWN)
            while len(screen.chunks) == seen:
                if time.monotonic() > start + 20:
                    raise TimeoutError("the key was never answered")
                time.sleep(0.0005)
            took.append(screen.chunks[seen][0] - start)
    return quantiles(took, n=20)[-1] * 1000


def waited(pid: int) -> float:
    """Milliseconds until one lsof of that process is done: nothing can be read before, or looked for."""
    start = time.monotonic()
    subprocess.run([*LSOF, str(pid)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.monotonic() - start) * 1000


def rows(rounds: int) -> list[Row]:
    random.seed(1)
    with FilesHolder(SIZE) as it:
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(refresh(it.pid))
            theirs.append(listed(it.pid))
        note = f"promised: {PROMISED:g} ms"
        found = [Row(f"refresh of a process with {it.count:,} descriptors, nothing changed", "ms", "lsof -p once", ours, theirs, 0.5, note)]
    with FilesHolder(MANY) as it:
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(keys(it.pid))
            theirs.append(waited(it.pid))
        note = f"promised: {KEY_PROMISED:g} ms; {MANY:,} where the hard limit of descriptors allows it"
        found.append(
            Row(f"key to screen, p95, while {it.count:,} descriptors are read", "ms", "lsof -p until it is done", ours, theirs, 1.0, note)
        )
    return found
