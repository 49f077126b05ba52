"""What was seen of threads before: CPU shares, and for how long each has been where it is."""

import threading
import weakref
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from explorer.decode.proc.sched import decode as decode_sched
from explorer.decode.proc.schedstat import decode as decode_schedstat
from explorer.decode.proc.stat import Stat
from explorer.decode.proc.stat import decode as decode_stat
from explorer.decode.proc.switches import decode as decode_switches
from explorer.kernel.clock import boottime
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import TICKS, ProcessId
from explorer.model.stack import Age, Doing
from explorer.resolve.system import System

BASE: Final = 0.5
"""Seconds at least between the two readings of a CPU share: two panes that look in turn must not spoil each other's."""
SHORTEST: Final = 0.1
"""Likewise before the first share can be told at all."""
PROCESSES: Final = 32
"""How many processes are remembered."""
MOSTLY: Final = 0.9
SKEW: Final = 0.2
"""How far the clocks of two CPUs may be apart, as a part of the age to be shown, before it is not shown."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at one thread gives before its call is read. running: which of the ways of Doing, were it on a CPU."""

    tid: int
    stat: Stat
    cpu: float | None
    running: Doing
    age: Age
    looked: float


@dataclass(slots=True)
class Track:
    """A thread between looks. moved: when its switches were last seen to change, or it was first looked at."""

    start: int
    switches: int
    moved: float
    at_least: bool
    about: bool = False
    ran: float = 0.0
    user: int = 0
    system: int = 0
    since: float = 0.0
    cpu: float | None = None
    running: Doing = Doing.RUNNING
    state: str = ""
    looked: float = 0.0


class Samples:
    """Keeps, for each thread of the processes looked at last, its switches and times. Shared by card, pane and command of one System."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: OrderedDict[ProcessId, dict[int, Track]] = OrderedDict()
        self._clocks: dict[int, float] = {}

    def look(self, system: System, process: ProcessId, tid: int) -> Seen | Missing:
        """One thread now: three small files of /proc that never block."""
        try:
            stat = decode_stat(system.proc.read(process.pid, "task", tid, "stat"))
            if isinstance(stat, Missing):
                return stat
            ran, switches = self._counters(system, process.pid, tid, stat)
        except Unreadable as unreadable:
            return unreadable.missing
        when = boottime()
        with self._lock:
            tracks = self._tracks(process)
            track = tracks.get(tid)
            if track is None or track.start != stat.starttime:
                track = tracks[tid] = Track(stat.starttime, switches, when, True)
                self._first(system, process.pid, tid, stat, track, when)
                track.ran, track.user, track.system, track.since = ran, stat.utime, stat.stime, when
            elif track.switches != switches:
                track.switches, track.moved, track.at_least, track.about = switches, when, False, False
            track.state, track.looked = stat.state, when
            if when - track.since >= (SHORTEST if track.cpu is None else BASE):
                share(track, ran, stat, when)
            return Seen(tid, stat, track.cpu, track.running, Age(max(0.0, when - track.moved), track.at_least, track.about), when)

    def known(self, process: ProcessId) -> dict[int, tuple[str, float]]:
        """Of each thread looked at: its state then, and when."""
        with self._lock:
            return {tid: (track.state, track.looked) for tid, track in self._tracks(process).items()}

    def forget(self, process: ProcessId, living: frozenset[int]) -> None:
        """Drop the threads of a process that are not among the living."""
        with self._lock:
            tracks = self._tracks(process)
            for tid in [tid for tid in tracks if tid not in living]:
                del tracks[tid]

    def _tracks(self, process: ProcessId) -> dict[int, Track]:
        tracks = self._processes.setdefault(process, {})
        self._processes.move_to_end(process)
        if len(self._processes) > PROCESSES:
            self._processes.popitem(last=False)
        return tracks

    @staticmethod
    def _counters(system: System, pid: int, tid: int, stat: Stat) -> tuple[float, int]:
        """Seconds on a CPU so far, and a number that changes with every switch."""
        ticks = (stat.utime + stat.stime) / TICKS
        try:
            counted = decode_schedstat(system.proc.read(pid, "task", tid, "schedstat"))
        except Unreadable:
            counted = None
        if counted is not None:
            return counted.run / 1e9, counted.slices
        switches = decode_switches(system.proc.read(pid, "task", tid, "status"))
        return ticks, stat.utime + stat.stime if switches is None else switches

    def _first(self, system: System, pid: int, tid: int, stat: Stat, track: Track, when: float) -> None:
        """A thread looked at for the first time: when it went to sleep, from the scheduler's own note, where clocks allow.

        A CPU's clock runs behind the machine's by the time that interrupts and the hypervisor took from it
        (kernel/sched/core.c, update_rq_clock_task), so those of two CPUs differ, and by no more than that.
        """
        if stat.state == "R":
            return
        try:
            slept = decode_sched(system.proc.read(pid, "task", tid, "sched"))
            here = decode_stat(system.proc.read("thread-self", "stat"))
            clock = decode_sched(system.proc.read("thread-self", "sched"))
            if slept is None or clock is None or isinstance(here, Missing):
                return
            self._clocks[here.processor] = when - clock
            behind = self._clocks.get(stat.processor)
            doubt = 0.0 if behind is not None else taken_away(system.proc.read("stat", limit=1 << 16), stat.processor, here.processor)
        except Unreadable:
            return
        age = when - (when - clock if behind is None else behind) - slept
        born = when - stat.starttime / TICKS
        if doubt <= SKEW * age and age <= born + 1:
            track.moved, track.at_least, track.about = when - max(0.0, age), False, True


def share(track: Track, ran: float, stat: Stat, when: float) -> None:
    """The CPU share since `since`, and where it was spent."""
    track.cpu = max(0.0, 100 * (ran - track.ran) / (when - track.since))
    user, kernel = stat.utime - track.user, stat.stime - track.system
    if user + kernel <= 0:
        track.running = Doing.RUNNING
    elif user >= MOSTLY * (user + kernel):
        track.running = Doing.USER
    else:
        track.running = Doing.KERNEL if kernel >= MOSTLY * (user + kernel) else Doing.MIXED
    track.ran, track.user, track.system, track.since = ran, stat.utime, stat.stime, when


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


SHARED: "weakref.WeakKeyDictionary[System, Samples]" = weakref.WeakKeyDictionary()
_SHARING: Final = threading.Lock()


def samples_of(system: System) -> Samples:
    """The samples that all who look at this system share, so that the card and the pane say the same."""
    with _SHARING:
        return SHARED.setdefault(system, Samples())


def gone(process: ProcessId) -> Missing:
    """What to answer for a process that ended, or whose pid somebody else has now."""
    return Missing(Reason.GONE, f"process {process.pid}")
