"""/proc/PID/task/TID/schedstat: how long and how often a thread had a CPU."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schedstat:
    """run, delay: nanoseconds on a CPU, and waiting for one. slices: how often it was given one."""

    run: int
    delay: int
    slices: int


def decode(raw: bytes) -> Schedstat | None:
    """Three numbers (Documentation/scheduler/sched-stats.rst); None where the kernel does not count: zeros, or another form."""
    words = raw.split()
    if len(words) != 3 or not all(word.isdigit() and word.isascii() for word in words):
        return None
    run, delay, slices = (int(word) for word in words)
    return Schedstat(run, delay, slices) if slices else None
