"""Who was born and ended since the table was read last: what the kernel tells of it, kept until the table asks."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from explorer.collect.programs import Programs
from explorer.decode.netlink.proc_events import Exited, Forked, decode
from explorer.decode.proc.forks import decode as forks
from explorer.kernel.clock import slept
from explorer.kernel.proc_connector import BIRTHS_AND_ENDS, Connector
from explorer.model.birth import UNSEEN, UNTOLD, Birth, Births
from explorer.model.missing import Missing, Unreadable
from explorer.model.process import TICKS, ProcessId
from explorer.model.snapshot import Process
from explorer.resolve.system import System

ROOM: Final = 8 << 20
"""Bytes; the kernel doubles it, which makes some 10,000 births between two reads."""
MOST: Final = 300
"""Births that are kept."""
ENDS: Final = 20_000
"""Ends that are kept, until the table has asked."""
SAID: Final = 10.0
"""Seconds for which it is said that some were missed."""
SETTLED: Final = 12.0
"""Seconds after the last news for which the table may still tell more of what was born."""
SECOND: Final = 1e9


@dataclass(slots=True)
class Life:
    """One birth while we learn more of it. when: CLOCK_MONOTONIC nanoseconds. lived: seconds, None while it lives as far as we know."""

    pid: int
    parent: int
    parent_comm: str
    when: int
    comm: str | Missing = UNSEEN
    argv: tuple[str, ...] | Missing = UNSEEN
    lived: float | None = None
    status: int | Missing = 0


class BirthBook:
    """Opened by the first read(), and silent (Births.off) where the kernel does not tell us. For one thread.

    Memory is bounded whatever happens, and so is the time of a read: the kernel keeps what fits into ROOM and then says that
    there was more.
    """

    def __init__(self, system: System, room: int = ROOM, programs: Programs | None = None) -> None:
        """programs: who looks at once at what is started."""
        self._system = system
        self._room = room
        self._programs = programs
        self._line: Connector | None = None
        self._off: Missing | None = None
        self._last: deque[Life] = deque()
        self._alive: dict[int, Life] = {}
        self._ends: dict[int, tuple[float, int]] = {}
        self._missed: list[tuple[float, int]] = []
        self._forks = 0
        self._total = 0
        self._all_missed = 0
        self._before = (0.0, 0)
        self._lossy = False
        self._told = Births()
        self._settles = 0.0

    def read(self, rows: Mapping[int, Process], now: float) -> None:
        """Take what the kernel has told since. rows: the table; now: CLOCK_BOOTTIME. Never blocks, never raises."""
        if self._line is None and not self._open(now):
            return
        assert self._line is not None
        found, lost = self._line.read()
        if not found and not lost:
            return
        self._settles = now + SETTLED
        before, asleep = self._total, slept()
        for datagram in found:
            event = decode(datagram)
            if isinstance(event, Forked):
                self._born(event, rows)
            elif isinstance(event, Exited):
                self._ended(event, asleep)
        made = self._count()
        if lost:
            self._lossy = True
            missed = max(0, made - self._forks - (self._total - before))
            self._all_missed += missed
            self._missed.append((now, missed))
        self._forks = made

    def told(self, rows: Mapping[int, Process], now: float) -> Births:
        """What is known by now."""
        if self._off is not None:
            return Births(off=self._off)
        when, total = self._before
        self._before = now, self._total
        self._missed = [(at, number) for at, number in self._missed if now - at < SAID]
        rate = (self._total - total) / (now - when) if now > when else 0.0
        missed = sum(number for _, number in self._missed)
        if now < self._settles:
            asleep = slept()
            last = tuple(self._birth(life, rows, now, asleep) for life in self._last)
        else:
            last = self._told.last
        self._told = Births(rate, self._total, missed, self._all_missed, last, bool(self._missed))
        return self._told

    def end(self, process: ProcessId) -> int | Missing:
        """How a process ended that is not there any more, as wait(2) has it."""
        when, status = self._ends.get(process.pid, (0.0, 0))
        # Start times are rounded down to a clock tick.
        return status if when >= process.start / TICKS else UNTOLD

    def close(self) -> None:
        """Listen no more."""
        if self._line is not None:
            self._line.close()

    def _open(self, now: float) -> bool:
        if self._off is not None:
            return False
        try:
            self._line = Connector(BIRTHS_AND_ENDS, self._room)
        except Unreadable as unreadable:
            self._off = unreadable.missing
            return False
        self._forks = self._count()
        self._before = now, 0
        return True

    def _count(self) -> int:
        try:
            return forks(self._system.proc.read("stat"))
        except Unreadable:
            return 0

    def _born(self, event: Forked, rows: Mapping[int, Process]) -> None:
        self._total += 1
        parent, row = self._alive.get(event.parent), rows.get(event.parent)
        name = parent.comm if parent is not None and isinstance(parent.comm, str) else row.comm if row is not None else ""
        life = Life(event.pid, event.parent, name, event.when)
        self._ends.pop(event.pid, None)
        self._alive[event.pid] = life
        self._last.append(life)
        if len(self._last) > MOST:
            old = self._last.popleft()
            if self._alive.get(old.pid) is old:
                del self._alive[old.pid]

    def _ended(self, event: Exited, asleep: float) -> None:
        pid = event.pid
        if event.tid != pid and pid not in self._ends:
            return  # a thread of one that lives
        self._ends.pop(pid, None)
        self._ends[pid] = event.when / SECOND + asleep, event.status
        if len(self._ends) > ENDS:
            del self._ends[next(iter(self._ends))]
        if (life := self._alive.get(pid)) is not None:
            life.lived, life.status = (event.when - life.when) / SECOND, event.status

    def _birth(self, life: Life, rows: Mapping[int, Process], now: float, asleep: float) -> Birth:
        """With what is known of it by now."""
        when = life.when / SECOND + asleep
        program = None if self._programs is None else self._programs.found.get(life.pid)
        if program is not None and program.when >= life.when and isinstance(program.comm, str):
            life.comm, life.argv = program.comm, program.argv
        row = rows.get(life.pid)
        if row is not None and row.id.start / TICKS >= when - 1 / TICKS and row.state != "Z":
            life.comm = row.comm
            life.argv = row.argv if isinstance(row.argv, tuple) and row.argv else life.argv
        if life.lived is None and row is None and self._lossy and now - when > SAID:
            # Its end was among those that were missed.
            life.lived, life.status = 0.0, UNTOLD
        return Birth(life.pid, life.parent, life.parent_comm, when, life.comm, life.argv, life.lived, life.status)
