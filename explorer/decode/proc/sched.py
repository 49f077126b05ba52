"""/proc/PID/task/TID/sched: when a thread last had its CPU."""

from typing import Final

KEY: Final = b"se.exec_start"


def decode(raw: bytes) -> float | None:
    """Seconds on the clock of the CPU that it ran on; None where the kernel does not say (no CONFIG_SCHED_DEBUG) or it never ran.

    `se.exec_start : 991630.202915` in milliseconds (kernel/sched/debug.c, proc_sched_show_task). The scheduler sets it
    whenever it accounts a running thread's time, at the latest when it takes the CPU away (kernel/sched/fair.c, update_curr).
    """
    for line in raw.splitlines():
        key, colon, value = line.partition(b":")
        if colon and key.strip() == KEY:
            try:
                when = float(value)
            except ValueError:
                return None
            return when / 1000 if 0 < when < float("inf") else None
    return None
