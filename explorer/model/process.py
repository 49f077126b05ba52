"""Who a process is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class ProcessId:
    """Pids are reused, so identity is both. start: raw clock ticks since boot, field 22 of /proc/PID/stat (proc(5))."""

    pid: int
    start: int
