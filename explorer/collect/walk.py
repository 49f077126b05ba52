"""Everything that all processes hold, as the kernel itself tells it: one walk over its open files instead of files of /proc for each."""

import os
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from typing import Final, overload

from explorer.collect.brief import brief
from explorer.collect.ends import connected
from explorer.collect.files import decoded, texts
from explorer.collect.keepings import Keepings
from explorer.decode.bpf_iter import file, task
from explorer.decode.bpf_iter.file import Open
from explorer.decode.bpf_iter.task import Task
from explorer.decode.fd import decode_raw
from explorer.decode.fd.mqueue import MessageQueue
from explorer.decode.fd.namespace import Namespace
from explorer.decode.fd.path import DELETED
from explorer.decode.fd.pipe import Fifo
from explorer.decode.fd.raw import RawFd, Stat, split
from explorer.decode.proc.stat import decode as decode_stat
from explorer.kernel.bpf.walks import Walks
from explorer.model.brief import Brief, BriefFile
from explorer.model.fd import Fd
from explorer.model.held import Held, Wanted
from explorer.model.missing import Missing, Unreadable
from explorer.model.mount import Mount
from explorer.model.process import ProcessId
from explorer.resolve.comm import comm
from explorer.resolve.everybody import AllSockets, Everybody, linked
from explorer.resolve.system import System

KERNEL_THREAD: Final = 0x00200000
"""PF_KTHREAD of include/linux/sched.h."""
MOST: Final = 1 << 14
"""Descriptors that are kept as they were understood, for the next process that has the same."""


Row = tuple[bytes, Fd | Brief | None, bool]
"""A record, what is to be said of it, and whether that may be said of every equal record too."""


class Opened(Sequence[Fd]):
    """The descriptors of a process, understood when somebody looks at them. records: of each what file.decode() takes."""

    def __init__(self, walk: "Walk", process: Task, records: list[bytes]) -> None:
        self._walk = walk
        self._process = process
        self._fds: tuple[Fd, ...] | None = None
        self.records = records

    def rows(self, known: Container[bytes] = ()) -> Iterator[Row]:
        """Each record with what a row of text needs to say of it, by number; without, where the record is one that is known already."""
        return self._walk.rows(self._process, self.records, known)

    def _all(self) -> tuple[Fd, ...]:
        if self._fds is None:
            self._fds = self._walk.understood(self._process, self.records)
        return self._fds

    def __len__(self) -> int:
        return len(self._all())

    def __bool__(self) -> bool:
        """Without looking at any: there was one when the walk came by."""
        return bool(self.records)

    @overload
    def __getitem__(self, index: int) -> Fd: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Fd]: ...
    def __getitem__(self, index: int | slice) -> Fd | Sequence[Fd]:
        return self._all()[index]

    def __iter__(self) -> Iterator[Fd]:
        return iter(self._all())


class Walk:
    """One look at the machine. Made in some 60 ms; raises Unreadable where the kernel does not let us."""

    def __init__(self, system: System, wanted: Wanted) -> None:
        self._wanted = wanted
        self._walks = Walks(system.proc.root)
        try:
            listed = system.proc.numbers()
            self._tasks = {found.pid: found for chunk in self._walks.processes() for found in task.decode(chunk)}
            self.hidden = frozenset(listed) - self._tasks.keys()
            """Processes that the kernel shows to no program, a hardened one its first; and those that have gone since."""
            self._machine = System(system.proc, system.reader)
            self._machine.mounts = system.mounts
            self._machine.stats = system.stats
            self._machine.devices = system.devices
            if wanted.fds and wanted.peers:
                denied = set[int]()
                ends = chain(self._walks.ends(), linked(system.proc, sorted(self.hidden), denied))
                self._everybody = Everybody(system.proc, ends, self._name)
                self._everybody.not_seen(denied)
                self._machine.holders = self._everybody
                self._sockets = AllSockets(system.proc, system.reader, self._net, self._net(os.getpid()))
                self._machine.sockets = self._sockets
        except BaseException:
            self._walks.close()
            raise
        self._system = system
        self._keepings = Keepings(system)
        self._arch = os.uname().machine
        self._known: dict[int, dict[bytes, Fd]] = {}
        self._mounts: dict[int, Mapping[int, Mount]] = {}
        self._shift = self._time_namespace()

    @property
    def pids(self) -> Set[int]:
        """Of the processes that the kernel showed."""
        return self._tasks.keys()

    def _name(self, pid: int) -> str:
        return found.comm if (found := self._tasks.get(pid)) else ""

    def _net(self, pid: int) -> int:
        return found.net if (found := self._tasks.get(pid)) else 0

    def _time_namespace(self) -> int:
        """Ticks by which /proc counts otherwise than the kernel: from the boot of our time namespace."""
        try:
            own = decode_stat(self._system.proc.read("self", "stat"))
        except Unreadable:
            return 0
        ours = self._tasks.get(os.getpid())
        return 0 if isinstance(own, Missing) or ours is None else own.starttime - ours.start

    def held(self, pids: Collection[int] | None) -> Iterator[Held]:
        """Of these processes, or all, by pid, those that have gone left out. Raises Unreadable where the kernel stops telling."""
        left = sorted(self._tasks if pids is None else self._tasks.keys() & pids, reverse=True)
        for pid, records in self._grouped():
            while left and left[-1] < pid:
                yield self._held(self._tasks[left.pop()], [])
            if left and left[-1] == pid:
                yield self._held(self._tasks[left.pop()], records)
        while left:
            yield self._held(self._tasks[left.pop()], [])

    def _grouped(self) -> Iterator[tuple[int, list[bytes]]]:
        """Pid and its records."""
        if not self._wanted.fds:
            return
        of, records = 0, list[bytes]()
        for chunk in self._walks.files():
            for pid, record in file.split(chunk):
                if not self._wanted.others and not file.is_socket(record):
                    continue
                if pid != of:
                    if records:
                        yield of, records
                    of, records = pid, []
                records.append(record)
        if records:
            yield of, records

    def _held(self, process: Task, records: list[bytes]) -> Held:
        name = ProcessId(process.pid, process.start + self._shift)
        if process.flags & KERNEL_THREAD:
            # Its name is longer than what the kernel keeps in a task.
            return Held(name, comm(self._system.proc, process.pid) or process.comm, process.uid)
        kept, unmapped = self._keepings.of(process.pid, self._wanted)
        fds = Opened(self, process, records) if records else ()
        return Held(name, process.comm, process.uid, fds, kept, unmapped)

    def understood(self, process: Task, records: Iterable[bytes]) -> tuple[Fd, ...]:
        """The descriptors, decoded and connected. Those that were closed since, and of which /proc has to be asked, are left out."""
        known = self._known.setdefault(process.mnt, {})
        if len(known) > MOST:
            known.clear()
        found: dict[int, Fd] = {}
        new: list[tuple[bytes, Open]] = []
        for record in records:
            fd = known.get(record)
            if fd is not None:
                found[fd.number] = fd
            else:
                new.append((record, file.decode(record)))
        if new:
            self._understand(process, new, found, known)
        return tuple(found[number] for number in sorted(found))

    def rows(self, process: Task, records: list[bytes], known: Container[bytes]) -> Iterator[Row]:
        """As Opened.rows."""
        new = {record: file.decode(record) for record in records if record not in known}
        said: dict[bytes, Fd | Brief] = {}
        if new and self._wanted.peers:
            inodes = file.inodes(records)
            for record, opened in new.items():
                found = brief(self._system.proc, self._everybody, self._sockets, process.pid, opened, inodes, self._mounts_of(process))
                if found is not None:
                    said[record] = found
        if len(said) < len(new):
            rest = {opened.number: record for record, opened in new.items() if record not in said}
            # What is watched is told by looking at all the others.
            whole = any(new[record].told & file.FDINFO for record in rest.values())
            for fd in self.understood(process, records if whole else rest.values()):
                if fd.number in rest:
                    said[rest[fd.number]] = fd
        common = self._known.get(process.mnt, {})
        for record in records:
            if record in new:
                thing = said.get(record)
                if thing is not None:
                    yield record, thing, type(thing) is BriefFile or record in common
            else:
                yield record, None, True

    def _understand(self, process: Task, new: list[tuple[bytes, Open]], found: dict[int, Fd], known: dict[bytes, Fd]) -> None:
        """Fill in what is not known from another process."""
        pid, mounts = process.pid, self._mounts_of(process)
        plain: dict[int, Fd] = {}
        asked: dict[int, RawFd] = {}
        shared: dict[int, bytes] = {}
        slow: list[int] = []
        for record, opened in new:
            raw = self._raw(pid, opened, mounts)
            if raw is None:
                slow.append(opened.number)
            elif opened.needs_stat or may_be_renamed(raw):
                asked[opened.number] = raw
            else:
                plain[opened.number] = decode_raw(raw)
                if not opened.told & file.FDINFO:
                    shared[opened.number] = record
        if slow:
            asked |= texts(self._system, pid, slow)
        if asked:
            plain |= decoded(self._system, pid, asked)
        if self._wanted.peers:
            plain = self._connected(pid, plain, found, [opened for _, opened in new])
        found |= plain
        for number, record in shared.items():
            if number in plain and self._is_common(pid, plain[number]):
                known[record] = plain[number]

    def _is_common(self, pid: int, fd: Fd) -> bool:
        """Whether another process that has the same would have the same to say of it: not who else has it, but in a crowd."""
        if isinstance(fd, Namespace):
            return False  # it is one process's own, and another's not
        if not self._wanted.peers or (fd.endpoint is None and not fd.peers and not fd.others):
            return True
        return (
            fd.endpoint is not None
            and self._everybody.is_crowd(fd.endpoint)
            and all(holder.pid != pid for holder in (*fd.peers, *fd.others))
        )

    def _connected(self, pid: int, plain: dict[int, Fd], found: dict[int, Fd], new: list[Open]) -> dict[int, Fd]:
        """With who is at the other end."""
        self._sockets.learn({opened.ino: opened.protocol for opened in new if opened.protocol})
        for opened in new:
            if isinstance(known_by_path := plain.get(opened.number), Fifo | MessageQueue):
                self._everybody.fifo(known_by_path.target, opened.dev, opened.ino)
        return connected(self._machine, pid, plain, {**found, **plain}, budget=0.0)

    def _raw(self, pid: int, opened: Open, mounts: Mapping[int, Mount]) -> RawFd | None:
        """Its text, with the lines of its own that only fdinfo has; None where all of it has to be asked of /proc."""
        if not opened.link:
            return None
        raw = file.raw_fd(opened, mounts, self._arch, has_ino=self._walks.has_ino)
        if not opened.told & file.FDINFO:
            return raw
        try:
            info = self._system.proc.read(pid, "fdinfo", opened.number)
        except Unreadable:
            return None
        said = split(opened.number, opened.link, info, raw.stat, self._arch)
        return said if said.first("ino") == raw.first("ino") else None

    def _mounts_of(self, process: Task) -> Mapping[int, Mount]:
        if process.mnt not in self._mounts:
            self._mounts[process.mnt] = self._system.mounts.of(process.pid)
        return self._mounts[process.mnt]

    def close(self) -> None:
        """Drop the programs."""
        self._walks.close()


def may_be_renamed(raw: RawFd) -> bool:
    """Whether it has the mark of deletion though it has links left: only the file system knows."""
    return raw.link.endswith(DELETED) and isinstance(raw.stat, Stat) and raw.stat.nlink > 0 and not raw.link.startswith("/memfd:")
