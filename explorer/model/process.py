"""Who a process is."""

from dataclasses import dataclass
from typing import Final

TICKS: Final = 100
"""Clock ticks a second in all that Linux tells programs: USER_HZ of include/asm-generic/param.h, on every machine that we run on."""


@dataclass(frozen=True, slots=True, order=True)
class ProcessId:
    """Pids are reused, so identity is both. start: raw clock ticks since boot, field 22 of /proc/PID/stat (proc(5))."""

    pid: int
    start: int
