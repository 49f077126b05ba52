"""What was seen of threads before: CPU shares, and for how long each has been where it is."""

import threading
import weakref
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from explorer.collect.slept import Clocks
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
MANY: Final = 200
BUSY: Final = frozenset("RD")
PROCESSES: Final = 32
"""How many processes are remembered."""
MOSTLY: Final = 0.9
SKEW: Final = 0.2
"""How far an age may be off, as a part of it, to be told as about right; else what is sure of it is told as the least."""
LISTED: Final = 3.0
"""Seconds for which the list of many threads is believed while their number stays the same."""


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
    asked: bool = False
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
        self._clocks = Clocks()
        self._tids: tuple[ProcessId, int, float, tuple[int, ...]] | None = None
        self._turns: dict[ProcessId, int] = {}

    def look(self, system: System, process: ProcessId, tid: int, *, thoroughly: bool = True) -> Seen | Missing:
        """One thread now: small files of /proc that never block. thoroughly: its age from the scheduler's note, if we saw no switch yet."""
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
                track.ran, track.user, track.system, track.since = ran, stat.utime, stat.stime, when
            elif track.switches != switches:
                track.switches, track.moved, track.at_least, track.about = switches, when, False, False
            if thoroughly and track.at_least and not track.asked and stat.state != "R":
                track.asked = True
                if (told := self._clocks.age(system, process.pid, tid, stat, when)) is not None:
                    age, doubt = told
                    sure = doubt <= SKEW * age
                    track.moved = min(track.moved, when - (age if sure else max(0.0, age - doubt)))
                    track.at_least, track.about = not sure, sure
            track.state, track.looked = stat.state, when
            if when - track.since >= (SHORTEST if track.cpu is None else BASE):
                share(track, ran, stat, when)
            return Seen(tid, stat, track.cpu, track.running, Age(max(0.0, when - track.moved), track.at_least, track.about), when)

    def some(self, process: ProcessId, tids: tuple[int, ...], most: int) -> list[int]:
        """So many of the threads, to look at now: the leader, those that ran or were blocked when last seen, the others in turn."""
        if len(tids) <= most:
            return list(tids)
        with self._lock:
            tracks = self._tracks(process)
            busy = [tid for tid in tids if (track := tracks.get(tid)) is not None and track.state in BUSY][: most // 2]
            chosen = dict.fromkeys((process.pid, *busy))
            turn = self._turns.pop(process, 0) % len(tids)
            for place in range(turn, turn + len(tids)):
                if len(chosen) >= most:
                    self._turns[process] = place
                    break
                chosen[tids[place % len(tids)]] = None
            while len(self._turns) > PROCESSES:
                del self._turns[next(iter(self._turns))]
        return list(chosen)

    def tids(self, system: System, process: ProcessId, count: int) -> tuple[int, ...]:
        """Its threads, ascending; () when it is gone. count: how many it has; while that stays, a long list is read only now and then."""
        when = boottime()
        with self._lock:
            kept = self._tids
        if kept is not None and kept[0] == process and kept[1] == count and when - kept[2] < LISTED:
            return kept[3]
        try:
            found = tuple(system.proc.numbers(process.pid, "task"))
        except Unreadable:
            return ()
        self.forget(process, frozenset(found))
        if count > MANY:
            with self._lock:
                self._tids = (process, count, when, found)
        return found

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


SHARED: "weakref.WeakKeyDictionary[System, Samples]" = weakref.WeakKeyDictionary()
_SHARING: Final = threading.Lock()


def samples_of(system: System) -> Samples:
    """The samples that all who look at this system share, so that the card and the pane say the same."""
    with _SHARING:
        return SHARED.setdefault(system, Samples())


def gone(pid: int) -> Missing:
    """What to answer for a process that ended, or whose pid somebody else has now."""
    return Missing(Reason.GONE, f"process {pid}")
