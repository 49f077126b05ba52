"""The clock that all of procdive's moments are on."""

import time


def boottime() -> float:
    """CLOCK_BOOTTIME in seconds: since the machine started, its sleep included; start times of processes count on it too."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def boot_moment() -> float:
    """When the machine started, in seconds since 1970: the btime of proc_stat(5), not rounded."""
    return time.time() - boottime()
