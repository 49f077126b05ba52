"""One look at one process: what its threads' calls need, each thing read at most once."""

import time
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

from explorer.decode.proc.children import decode as decode_children
from explorer.decode.proc.stat import Stat
from explorer.decode.proc.stat import decode as decode_stat
from explorer.decode.proc.status import decode as decode_status
from explorer.decode.proc.syscall import Elsewhere, Registers
from explorer.decode.proc.syscall import decode as decode_syscall
from explorer.kernel.clock import boottime
from explorer.kernel.memory import LiveMemory
from explorer.model.missing import Missing, Unreadable
from explorer.model.process import TICKS
from explorer.model.status import Status
from explorer.resolve.system import System

if TYPE_CHECKING:
    from explorer.model.fd import Fd

AT_FDCWD: Final = -100
PATIENCE: Final = 0.01
YOUNG: Final = 3.0
INNER: Final = 1000
"""Threads at most whose ids in another pid namespace are read."""
WALK: Final = 0.1
"""Seconds for a walk over all processes in a refresh."""
THREADS: Final = 64
"""Threads of a parent at most whose lists of children are read one by one."""


class Notes(dict[int, str]):
    """model.trace.Call.fds of a living process: each descriptor is looked up when a decoder asks for it."""

    def __init__(self, find: Callable[[int], str]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, number: int) -> str:
        note = self[number] = self._find(number)
        return note

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and bool(self[number])

    def get(self, number: int, default: str = "") -> str:  # type: ignore[override]
        """The note, or the default where there is no such descriptor."""
        return self[number] or default


class Glance:
    """Made for one refresh of one process, by one thread of ours, and thrown away."""

    def __init__(self, system: System, pid: int, patience: float = PATIENCE) -> None:
        """patience: seconds for finding who holds the other ends (resolve/holders.py)."""
        self.system = system
        self.pid = pid
        self.patience = patience
        self.notes = Notes(self._note)
        self._registers: dict[tuple[int, int], Registers | Elsewhere | Missing] = {}
        self._stats: dict[int, Stat | None] = {}
        self._memories: dict[int, LiveMemory] = {}
        self._fds: dict[int, Fd | None] = {}

    @property
    def memory(self) -> LiveMemory:
        """The memory of the process."""
        return self.memory_of(self.door)

    def memory_of(self, pid: int) -> LiveMemory:
        """The memory of another one."""
        if pid not in self._memories:
            self._memories[pid] = LiveMemory(self.system.reader, self.system.proc.path(pid, "mem"))
        return self._memories[pid]

    @cached_property
    def tids(self) -> tuple[int, ...]:
        """Its threads, ascending; () when it is gone."""
        return self.tids_of(self.pid)

    def tids_of(self, pid: int) -> tuple[int, ...]:
        """The threads of a process, ascending; () when it is gone."""
        try:
            return tuple(self.system.proc.numbers(pid, "task"))
        except Unreadable:
            return ()

    def registers(self, tid: int, pid: int = 0) -> Registers | Elsewhere | Missing:
        """What a thread (of this process, or of another one) is blocked in."""
        key = (pid or self.pid, tid)
        if key not in self._registers:
            try:
                self._registers[key] = decode_syscall(self.system.proc.read(key[0], "task", tid, "syscall"))
            except Unreadable as unreadable:
                self._registers[key] = unreadable.missing
        return self._registers[key]

    def stat(self, pid: int) -> Stat | None:
        """/proc/PID/stat of any process or thread id; None when it is gone."""
        if pid not in self._stats:
            try:
                stat = decode_stat(self.system.proc.read(pid, "stat"))
            except Unreadable:
                stat = None
            self._stats[pid] = None if isinstance(stat, Missing) else stat
        return self._stats[pid]

    @cached_property
    def door(self) -> int:
        """Whose /proc shows what all threads share: the process's, or once its leader has ended that of a living thread."""
        stat = self.stat(self.pid)
        if stat is None or stat.state not in "ZX":
            return self.pid
        return next((tid for tid in self.tids if (other := self.stat(tid)) is not None and other.state not in "ZX"), self.pid)

    def nearby(self) -> Iterator[int]:
        """Every other process, those whose pid is close first (relatives often are), until a walk over all takes too long."""
        end = time.monotonic() + max(WALK, self.patience)
        for pid in sorted(self.everybody, key=lambda pid: abs(pid - self.pid)):
            if time.monotonic() >= end:
                return
            if pid != self.pid:
                yield pid

    @cached_property
    def newborn(self) -> tuple[int, ...]:
        """Processes that started within the last YOUNG seconds, the youngest first as far as pids tell."""
        since = (boottime() - YOUNG) * TICKS
        latest = (self.stat(pid) for pid in sorted(self.everybody, reverse=True))
        return tuple(stat.pid for stat in latest if stat is not None and stat.starttime >= since)

    def tgid(self, tid: int) -> int:
        """The process of a thread; the id itself where it is gone."""
        status = self.status(tid)
        return tid if status is None or isinstance(status.tgid, Missing) else status.tgid

    def status(self, *place: int | str) -> Status | None:
        """/proc/PID/status of a process, or of a thread by PID, "task", TID; None when it is gone."""
        try:
            return decode_status(self.system.proc.read(*place, "status"))
        except Unreadable:
            return None

    def ours(self, number: int) -> int:
        """The id by which /proc knows the process or thread that this process knows by that number; 0 where it is not found.

        The same number, unless the process lives in another pid namespace (a container): then its own threads and
        children are searched (pid_namespaces(7), NSpid of proc_pid_status(5)).
        """
        return self._inner.get(number, 0) if self._depth else number

    @cached_property
    def _depth(self) -> int:
        """How many pid namespaces below ours the process lives."""
        status = self.status(self.door)
        return 0 if status is None or isinstance(status.nspid, Missing) else max(0, len(status.nspid) - 1)

    @cached_property
    def _inner(self) -> dict[int, int]:
        places: list[tuple[int | str, ...]] = [(pid,) for pid in self.children()]
        places += [(self.pid, "task", tid) for tid in self.tids[:INNER]]
        found = {}
        for place in places:
            status = self.status(*place)
            if status is not None and not isinstance(status.nspid, Missing) and len(status.nspid) > self._depth:
                found[status.nspid[self._depth]] = status.nspid[0]
        return found

    @cached_property
    def same_time(self) -> bool:
        """Whether its monotonic clocks are ours: it lives in no other time namespace (time_namespaces(7)), as far as we may know."""
        try:
            return self.system.proc.link(self.door, "ns", "time") == self.system.proc.link("self", "ns", "time")
        except Unreadable:
            return True

    def comm(self, pid: int) -> str:
        """The name of a process or thread, "" when it is gone."""
        stat = self.stat(pid)
        return stat.comm if stat else ""

    def named(self, pid: int) -> str:
        """`1302 rsync`, as sentences name a process or thread."""
        return f"{pid} {self.comm(pid)}".rstrip()

    def fds(self, numbers: Iterable[int]) -> "dict[int, Fd]":
        """Some of its descriptors, with who is at the other end; those that are not open, or may not be seen, are left out."""
        from explorer.collect.files import some

        wanted = list(dict.fromkeys(numbers))
        unknown = [number for number in wanted if number not in self._fds]
        if unknown:
            found = some(self.system, self.door, unknown, budget=self.patience)
            self._fds.update((number, found.get(number)) for number in unknown)
        return {number: fd for number in wanted if (fd := self._fds[number]) is not None}

    def fd(self, number: int) -> "Fd | None":
        """One of them; None where it is not open, or may not be seen."""
        return self.fds((number,)).get(number)

    def children(self, pid: int = 0) -> tuple[int, ...]:
        """The children of a process, ended but unreaped ones too; in the order of their birth where the kernel tells it."""
        parent = pid or self.pid
        tids = self.tids_of(parent)
        if len(tids) <= THREADS:
            try:
                raw = [self.system.proc.read(parent, "task", tid, "children") for tid in tids]
                return tuple(child for some in raw for child in decode_children(some))
            except Unreadable:
                pass  # no CONFIG_PROC_CHILDREN, or a thread that ended meanwhile
        stats = ((other, self.stat(other)) for other in self.everybody)
        return tuple(other for other, stat in stats if stat is not None and stat.ppid == parent)

    @cached_property
    def everybody(self) -> tuple[int, ...]:
        """Every process that we may see, ascending."""
        try:
            return tuple(self.system.proc.numbers())
        except Unreadable:
            return ()

    def _note(self, number: int) -> str:
        if number == AT_FDCWD:
            try:
                return self.system.proc.link(self.door, "cwd")
            except Unreadable:
                return ""
        from explorer.resolve.notes import note

        found = note(self.system, self.door, number)
        return "" if isinstance(found, Missing) else found
