"""What a program and everything that it started costs: CPU time, exact to the nanosecond, through its processes' clocks."""

import os
import time
from pathlib import Path


def clock_of(pid: int) -> int:
    """CLOCK id of a process's CPU time (linux/posix-timers_types.h: MAKE_PROCESS_CPUCLOCK, CPUCLOCK_SCHED)."""
    return (~pid << 3) | 2


def spent(pid: int) -> int:
    """Nanoseconds of CPU that a process has used, its threads that ended included; 0 where it is gone."""
    try:
        return time.clock_gettime_ns(clock_of(pid))
    except OSError:
        return 0


def waited_for(pid: int) -> int:
    """Nanoseconds that its ended children used, to a clock tick (proc_pid_stat(5): cutime, cstime)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return 0
    return (int(fields[13]) + int(fields[14])) * 1_000_000_000 // os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and all its descendants."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            parents[int(name)] = int(Path(f"/proc/{name}/stat").read_bytes().rpartition(b")")[2].split()[1])
        except OSError:
            pass
    found, new = [pid], [pid]
    while new:
        new = [child for child, parent in parents.items() if parent in new]
        found += new
    return found


class Meter:
    """CPU milliseconds a second of a program and its descendants, between start() and rate()."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def start(self) -> None:
        self._before = {pid: spent(pid) for pid in family(self.pid)}
        self._waited = waited_for(self.pid)
        self._at = time.monotonic_ns()

    def rate(self) -> float:
        took = time.monotonic_ns() - self._at
        used = sum(spent(pid) - self._before.get(pid, 0) for pid in family(self.pid))
        return (used + waited_for(self.pid) - self._waited) / took * 1000
