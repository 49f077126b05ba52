"""`procdive fds --all` beside lsof and lsfd, as root: with 40,000 descriptors, with and without BPF, and with a million of them."""

import os
import subprocess
import time

from benchmarks.holders import Holders, descriptors
from benchmarks.row import Row
from benchmarks.screen import PROCDIVE

PROCESSES, EACH, PROMISED = 2000, 20, 0.25
MANY, FIRST_ROWS = 500, 1.0
"""Descriptors of each of PROCESSES, so that there are a million; seconds to the first rows."""
OURS = (*PROCDIVE, "fds", "--all")
LSOF, LSFD = ("lsof", "-n", "-P"), ("lsfd",)
WITHOUT_BPF = ("setpriv", "--bounding-set", "-sys_admin,-bpf,-perfmon")
"""Root who may look into all processes, but run no programs in the kernel."""


def seconds(argv: tuple[str, ...]) -> float:
    """From start to end, the rows thrown away."""
    start = time.monotonic()
    subprocess.run(argv, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def watched(argv: tuple[str, ...]) -> tuple[float, float]:
    """Seconds to the first bytes, and megabytes that it took at the most."""
    start = time.monotonic()
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    process.stdout.read(4096)
    first = time.monotonic() - start
    while process.stdout.read(1 << 20):
        pass
    _, _, usage = os.wait4(process.pid, 0)
    process.stdout.close()
    process.returncode = 0
    return first, usage.ru_maxrss / 1024


def alternating(rounds: int, *commands: tuple[str, ...]) -> list[list[float]]:
    """Of each command all its rounds."""
    found: list[list[float]] = [[] for _ in commands]
    for _ in range(rounds):
        for command, taken in zip(commands, found, strict=True):
            taken.append(seconds(command))
    return found


def rows(rounds: int) -> list[Row]:
    if os.geteuid():
        raise PermissionError("this figure is taken as root")
    with Holders(PROCESSES, EACH):
        what = f"{PROCESSES:,} processes, {round(descriptors(), -3):,} descriptors"
        ours, lsof, lsfd = alternating(rounds, OURS, LSOF, LSFD)
        without, beside = alternating(rounds, (*WITHOUT_BPF, *OURS), (*WITHOUT_BPF, *LSOF))
    found = [
        Row(what, "s", "lsof -n -P", ours, lsof, PROMISED),
        Row(what, "s", "lsfd", ours, lsfd, PROMISED),
        Row(f"{what}, without BPF", "s", "lsof -n -P", without, beside, 1.0),
    ]
    with Holders(PROCESSES, MANY):
        what = f"{round(descriptors(), -4):,} descriptors"
        pairs = [(watched(OURS), watched(LSOF)) for _ in range(rounds)]
    found.append(Row(f"{what}, memory", "MB", "lsof -n -P", [our[1] for our, _ in pairs], [their[1] for _, their in pairs], 4.0))
    found.append(Row(f"{what}, to the first rows", "s", "one second", [our[0] for our, _ in pairs], [FIRST_ROWS] * len(pairs), 1.0))
    return found
