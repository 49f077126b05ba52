"""How busy a process is just now, from a moment's watching: what stopping it at each of its calls would disturb."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from explorer.collect.samples import gone
from explorer.decode.proc.io import decode as decode_io
from explorer.decode.proc.stat import decode as decode_stat
from explorer.decode.proc.status import decode_fields
from explorer.model.missing import Missing, Unreadable
from explorer.model.process import TICKS, ProcessId
from explorer.resolve.system import System

GLANCE: Final = 0.1
"""Seconds after which one that did next to nothing is taken for idle,"""
WATCHED: Final = 0.5
"""and for which the others are watched."""
FEW_CALLS: Final = 500.0
"""Calls a second, as far as they are counted, up to which a process is idle;"""
LITTLE: Final = 5.0
"""likewise per cent of a core."""
THREADS: Final = 100
"""Threads whose switches are counted; of more than that, the first ones."""


@dataclass(frozen=True, slots=True)
class Busy:
    """cpu: per cent of a core; kernel: what of it was spent in the kernel. calls: a second, as far as Linux counts them (reads and
    writes, and waits that slept): never more than there were."""

    process: ProcessId
    threads: int
    cpu: float
    kernel: float
    calls: float

    @property
    def idle(self) -> bool:
        """Nobody would notice that it is stopped at each call for a moment."""
        return self.cpu < LITTLE and self.calls < FEW_CALLS


@dataclass(frozen=True, slots=True)
class Sample:
    """Ticks in user and kernel mode, calls so far, threads; when (CLOCK_MONOTONIC seconds)."""

    user: int
    system: int
    calls: int
    threads: int
    when: float


def busy(system: System, processes: Collection[ProcessId], watched: float = WATCHED) -> dict[ProcessId, Busy | Missing]:
    """Of each. Takes a tenth of a second where all of them are idle, `watched` seconds else."""
    first = {process: sample(system, process) for process in processes}
    found: dict[ProcessId, Busy | Missing] = {}
    for pause in (min(GLANCE, watched), watched - GLANCE):
        time.sleep(max(0.0, pause))
        for process in processes:
            before, now = first[process], sample(system, process)
            found[process] = before if isinstance(before, Missing) else now if isinstance(now, Missing) else between(process, before, now)
        if all(isinstance(each, Missing) or each.idle for each in found.values()):
            break
    return found


def sample(system: System, process: ProcessId) -> Sample | Missing:
    """Now; nothing here blocks."""
    try:
        stat = decode_stat(system.proc.read(process.pid, "stat"))
        if isinstance(stat, Missing):
            return stat
        if stat.starttime != process.start:
            return gone(process.pid)
        tids = system.proc.numbers(process.pid, "task")[:THREADS]
        calls = sum(switches(system, process.pid, tid) for tid in tids)
    except Unreadable as error:
        return error.missing
    try:
        io = decode_io(system.proc.read(process.pid, "io"))
        calls += io.get("syscr", 0) + io.get("syscw", 0)
    except Unreadable:
        pass  # another user's: switches have to do
    return Sample(stat.utime, stat.stime, calls, stat.num_threads, time.monotonic())


def switches(system: System, pid: int, tid: int) -> int:
    """How often a thread went to sleep so far; 0 of one that ended meanwhile."""
    try:
        fields = decode_fields(system.proc.read(pid, "task", tid, "status"))
    except Unreadable:
        return 0
    told = fields.get("voluntary_ctxt_switches", "")
    return int(told) if told.isdecimal() else 0


def between(process: ProcessId, first: Sample, last: Sample) -> Busy:
    """What two looks say together."""
    seconds = max(last.when - first.when, 1e-3)
    ticks = 100 / TICKS / seconds
    user, kernel = max(0, last.user - first.user), max(0, last.system - first.system)
    return Busy(process, last.threads, (user + kernel) * ticks, kernel * ticks, max(0, last.calls - first.calls) / seconds)
