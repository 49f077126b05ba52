"""A thread as the scheduler sees it."""

from dataclasses import dataclass

from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True)
class Task:
    """utime, stime: clock ticks. processor: where it ran last. policy: SCHED_…  switches: voluntary and not, of status."""

    tid: int
    comm: str
    state: str
    utime: int
    stime: int
    processor: int
    nice: int
    policy: str
    rt_priority: int
    voluntary_switches: int | Missing
    involuntary_switches: int | Missing
