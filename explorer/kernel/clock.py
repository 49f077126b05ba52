"""The clock that all of procdive's moments are on."""

import time


def boottime() -> float:
    """CLOCK_BOOTTIME in seconds: since the machine started, its sleep included; start times of processes count on it too."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def boot_moment() -> float:
    """When the machine started, in seconds since 1970: the btime of proc_stat(5), not rounded."""
    return time.time() - boottime()


def slept() -> float:
    """How long the machine has slept since it started: what CLOCK_BOOTTIME counts and CLOCK_MONOTONIC does not, in seconds."""
    return boottime() - time.monotonic()
