"""Since when a thread sleeps that we see for the first time, by the scheduler's own note."""

from typing import Final

from explorer.decode.proc.sched import decode as decode_sched
from explorer.decode.proc.stat import Stat
from explorer.decode.proc.stat import decode as decode_stat
from explorer.model.missing import Missing, Unreadable
from explorer.model.process import TICKS
from explorer.resolve.system import System

AGAIN: Final = 1.0
"""Seconds after which our own place among the clocks is looked up again."""


class Clocks:
    """How far the clock of each CPU is behind the machine's, as far as we were on it ourselves. Not for two threads at once.

    The scheduler notes when a thread last ran on the clock of its CPU. That one runs behind by the time that interrupts and
    the hypervisor took from the CPU (kernel/sched/core.c, update_rq_clock_task), so those of two CPUs differ, and by no
    more than that.
    """

    def __init__(self) -> None:
        self._behind: dict[int, float] = {}
        self._here = -1
        self._looked = float("-inf")

    def age(self, system: System, pid: int, tid: int, stat: Stat, when: float) -> tuple[float, float] | None:
        """Seconds since the thread last ran, and how many it may be off; None where nothing tells. when: CLOCK_BOOTTIME seconds."""
        try:
            slept = decode_sched(system.proc.read(pid, "task", tid, "sched"))
            if slept is None:
                return None
            if when - self._looked >= AGAIN:
                self._look(system, when)
            if self._here < 0:
                return None
            behind, doubt = self._behind.get(stat.processor), 0.0
            if behind is None:
                behind = self._behind[self._here]
                doubt = taken_away(system.proc.read("stat", limit=1 << 16), stat.processor, self._here)
        except Unreadable:
            return None
        age = max(0.0, when - behind - slept)
        born = when - stat.starttime / TICKS
        return (age, doubt) if age <= born + 1 + doubt else None

    def _look(self, system: System, when: float) -> None:
        """The clock of the CPU that we are on. Raises Unreadable."""
        here = decode_stat(system.proc.read("thread-self", "stat"))
        clock = decode_sched(system.proc.read("thread-self", "sched"))
        if clock is not None and not isinstance(here, Missing):
            self._here, self._looked = here.processor, when
            self._behind[here.processor] = when - clock


def taken_away(raw: bytes, *processors: int) -> float:
    """Seconds that interrupts and the hypervisor took of the worst of these CPUs, from /proc/stat; inf if it does not say.

    irq, softirq and steal, the 6th to the 8th number (proc_stat(5)).
    """
    worst = 0.0
    for processor in processors:
        line = next((line for line in raw.splitlines() if line.startswith(b"cpu%d " % processor)), b"").split()
        if len(line) < 9 or not all(word.isdigit() for word in line[1:9]):
            return float("inf")
        worst = max(worst, sum(int(word) for word in (line[6], line[7], line[8])) / TICKS)
    return worst
