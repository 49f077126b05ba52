"""The calls that threads of the traced processes are in now: as the programs know them, those begun before them from /proc."""

import os
from collections.abc import Callable, Iterable
from struct import Struct
from typing import Final, NamedTuple

from explorer.decode.syscall import numbers
from explorer.decode.syscall.reach import reach
from explorer.kernel.memory import LiveMemory
from explorer.kernel.procfs import Procfs
from explorer.kernel.reader import Reader
from explorer.model.batch import ARCHES, Batch, Kind
from explorer.model.missing import Unreadable
from explorer.trace.payload import pack
from explorer.trace.taken import AT_FDCWD, names_wanted, one_by_one, take
from explorer.trace.tracer import Capture

MOST: Final = 256
"""Threads that are looked at in one go."""
A_WHILE: Final = 100_000_000
"""ns that a call takes before it is told of while it lasts."""
WORDS: Final = 9
"""Of /proc/PID/syscall while a call is being made: its number, six arguments, stack and instruction pointer."""
KEY: Final = Struct("=i")


class Sits(NamedTuple):
    """What /proc says that a thread is in. since: ns when that was seen first."""

    number: int
    args: tuple[int, ...]
    stack: int
    since: int


class Known(NamedTuple):
    """What the programs know of it. began: ns."""

    number: int
    args: tuple[int, ...]
    arch: int
    began: int


class Flights:
    """of: (tid) → what the programs know of the call that a thread is in, None where it is nothing. native: place in ARCHES.

    capture: what of them is wanted; it may be another one by now.
    """

    def __init__(self, proc: Procfs, of: Callable[[int], Known | None], native: int, capture: Capture) -> None:
        self._proc = proc
        self._of = of
        self._native = native
        self.capture = capture
        self._sits: dict[int, Sits] = {}
        self._told: dict[int, tuple[int, int]] = {}
        self._reader: Reader | None = None

    def look(self, pids: Iterable[int], now: int, attached: int = 0) -> Batch:
        """PENDING rows of calls that have lasted a while and were not told of. attached: now, where all that wait are to be told."""
        batch = Batch()
        seen: set[int] = set()
        for pid in pids:
            for tid in self._threads(pid):
                if len(seen) >= MOST:
                    break
                seen.add(tid)
                self._one(batch, pid, tid, now, attached)
        for tid in (self._sits.keys() | self._told.keys()) - seen:
            self._sits.pop(tid, None)
            self._told.pop(tid, None)
        return batch

    def _one(self, batch: Batch, pid: int, tid: int, now: int, attached: int) -> None:
        sits = self._sitting(pid, tid)
        if sits is None:
            self._sits.pop(tid, None)
            return
        before = self._sits.get(tid)
        since = before.since if before is not None and before[:3] == sits else attached or now
        self._sits[tid] = Sits(*sits, since)
        known = self._of(tid)
        if known is None:
            began, arch, args = since, self._native, sits[1]
            # It may have ended since we looked; and one that began before us has lasted whatever it lasts.
            if (now - began < A_WHILE and not attached) or self._sitting(pid, tid) != sits:
                return
        elif known.number == sits[0] and now - known.began >= A_WHILE:
            began, arch, args = known.began, known.arch, known.args
        else:
            return
        if self._told.get(tid) == (began, sits[0]) or not self._wanted(pid, tid, sits[0], arch, args):
            return
        self._told[tid] = (began, sits[0])
        payload = self._payload(pid, tid, sits[0], arch, args)
        batch.add(Kind.PENDING, tid, pid, began, sits[0], payload=payload, arch=arch)

    def _wanted(self, pid: int, tid: int, number: int, arch: int, args: tuple[int, ...]) -> bool:
        """By name, thread and descriptors, as the programs choose."""
        capture = self.capture
        if capture.calls is not None and numbers.name(number, ARCHES[arch]) not in capture.calls:
            return False
        if capture.tids is not None and not {pid, tid} & capture.tids:
            return False
        fds = reach(number, ARCHES[arch]).fds
        return capture.fds is None or any(args[place] & 0xFFFFFFFF in capture.fds for place in fds)

    def _threads(self, pid: int) -> list[int]:
        try:
            return sorted(int(name) for name in self._proc.names(pid, "task"))
        except Unreadable:
            return []

    def _sitting(self, pid: int, tid: int) -> tuple[int, tuple[int, ...], int] | None:
        try:
            words = self._proc.read(pid, "task", tid, "syscall").split()
        except Unreadable:
            return None
        if len(words) != WORDS:
            return None
        args = tuple(int(word, 16) for word in words[1:7])
        return int(words[0]), args, int(words[7], 16)

    def _payload(self, pid: int, tid: int, number: int, arch: int, args: tuple[int, ...]) -> bytes:
        """Its memory and descriptors as they are now: it has not moved since."""
        wanted = reach(number, ARCHES[arch]).of(args)
        if self._reader is None:
            self._reader = Reader()
        memory = LiveMemory(self._reader, self._proc.path(pid, "mem"))
        pieces = take(wanted, args, None, self.capture.string, False, one_by_one(memory))
        names = []
        for fd in names_wanted(wanted, args, pieces):
            try:
                link = self._proc.link(pid, "task", tid, "cwd") if fd == AT_FDCWD else self._proc.link(pid, "task", tid, "fd", fd)
            except Unreadable:
                continue
            names.append((fd, False, os.fsencode(link)))
        return pack(args, names, ((address, False, raw) for address, raw in pieces if raw), self.capture.string)

    def close(self) -> None:
        """No more."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
