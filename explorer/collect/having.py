"""Who has a thing: a walk over all processes, in steps, so that what was found so far can be shown, and with an end."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from explorer.collect import sought as marks
from explorer.collect.having_files import Files
from explorer.collect.kernel_has import kernel, waiting
from explorer.decode.fd.raw import split
from explorer.kernel.descriptors import access, links
from explorer.kernel.kcmp import same_file
from explorer.model.having import Having, Thing, Unheld, Use, WhoHas
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.sought import Sought
from explorer.resolve.comm import comm
from explorer.resolve.elsewhere import Elsewhere
from explorer.resolve.sockets import Sockets
from explorer.resolve.system import System

STEP: Final = 0.15
"""Seconds of one step,"""
ALL: Final = 15.0
"""and of all of them: who is not looked at by then is not looked at."""
SLICE: Final = 32
"""Processes whose maps are asked for at a time."""
MANY: Final = 200
"""Processes from which on the kernel is asked to tell of all at once, as root."""
MOST: Final = 1000
"""Processes that are listed."""
CLOSED: Final = 64
"""Sockets that nobody has of which so many are told."""


@dataclass(slots=True)
class Counts:
    """Of those looked at: how many may not be read, did not answer; how many have a deleted file of the same name."""

    denied: int = 0
    silent: int = 0
    older: int = 0


class Search:
    """About one thing: what a descriptor or mapping of a process leads to, or (sought) whatever was asked for. For one thread.

    seconds: all that it may take; who was not looked at by then is not looked at. most: processes that are listed. ourselves: whether this
    program is looked at, too.
    """

    def __init__(
        self,
        system: System,
        pid: int,
        thing: Thing,
        clock: Callable[[], float] = time.monotonic,
        *,
        sought: Sought | None = None,
        seconds: float = ALL,
        most: int | None = None,
        ourselves: bool = True,
    ) -> None:
        self._system = system
        self._pid = pid
        self._thing = thing
        self._clock = clock
        self._seconds = seconds
        self._most = MOST if most is None else most
        self._ourselves = ourselves
        self._end = float("inf")
        self._sought = sought
        self._pids: list[int] | None = None
        self._at = 0
        self._who: list[Having] = []
        self._counts = Counts()
        self._unsure: Missing | None = None
        self._files: Files | None = None
        self._candidates: dict[int, list[int]] | None = None
        self._waiting: dict[int, tuple[Use, ...]] = {}
        self._held: set[int] = set()

    def step(self) -> WhoHas:
        """Look at some more. Blocks for STEP, and for a few deadlines where somebody's memory does not answer. Never raises."""
        if self._pids is None:
            self._end = self._clock() + self._seconds
            self._begin()
        pids = self._pids or []
        until = self._clock() + STEP
        while self._at < len(pids) and len(self._who) < self._most:
            self._look(pids[self._at : self._at + SLICE])
            self._at = min(len(pids), self._at + SLICE)
            if self._clock() >= until:
                break
        late = self._clock() >= self._end and self._at < len(pids)
        if late:
            self._unsure = Missing(Reason.TIMED_OUT, f"{len(pids) - self._at:,} processes not looked at within {self._seconds:g} s")
        full = len(self._who) >= self._most and self._at < len(pids)
        if full:
            self._unsure = Missing(Reason.UNSUPPORTED, f"{len(pids) - self._at:,} processes not looked at: so many have it")
        counts = self._counts
        done = late or full or self._at >= len(pids)
        who = tuple(sorted(self._who, key=lambda each: each.pid))
        unheld = self._unheld() if done and not (late or full) else ()
        return WhoHas(self._thing, who, self._at, len(pids), counts.denied, counts.silent, done, self._unsure, unheld, older=counts.older)

    def found(self) -> Iterator[Having | WhoHas]:
        """Everybody as soon as they are found, the nearest first; at last what step() says when it is done. Never raises."""
        told = 0
        while True:
            known = self.step()
            yield from self._who[told:]
            told = len(self._who)
            if known.done:
                yield known
                return

    def _begin(self) -> None:
        try:
            # Those nearest first: who was started about the same time is likely to have it.
            ours = set() if self._ourselves else {os.getpid(), *self._system.reader.pids()}
            self._pids = sorted(set(self._system.proc.numbers()) - ours, key=lambda pid: abs(pid - self._pid))
        except Unreadable as refused:
            self._pids, self._unsure = [], refused.missing
            return
        if self._sought is None:
            found = marks.thing(self._system, self._pid, self._thing)
            if isinstance(found, Missing):
                # Gone, or not to be looked at: what its link says may still be the same elsewhere.
                self._unsure = replace(found, detail=f"which thing it is ({found.detail})")
                found = Sought(names=frozenset({self._thing.link}), links=frozenset({self._thing.link}))
            self._sought = found
        self._unsure = self._unsure or self._sought.unsure
        if self._sought.by_path:
            self._files = Files(self._system, self._sought)
        self._waiting = waiting(self._system, self._sought)
        uses = kernel(self._system, self._sought)
        if uses:
            self._who.append(Having(0, "kernel", "", uses))
        if len(self._pids) > MANY:
            self._at_once()

    def _at_once(self) -> None:
        """Let the kernel say which descriptors are worth a look, where it does that for us; those who have them are looked at first."""
        # Here, so that nobody loads it where it is not worth that.
        from explorer.collect.candidates import candidates

        try:
            found = self._candidates = candidates(self._system, self._sought or Sought())
        except Unreadable:
            return
        self._pids = sorted(self._pids or (), key=lambda pid: pid not in found)

    def _links(self, pid: int, numbers: Sequence[int]) -> list[tuple[int, str]]:
        there = []
        denied = False
        for number in numbers:
            try:
                there.append((number, self._system.proc.link(pid, "fd", number)))
            except Unreadable as refused:
                denied = denied or refused.missing.reason is Reason.DENIED
        self._counts.denied += denied
        return there

    def _look(self, pids: Sequence[int]) -> None:
        """At these processes."""
        maps = self._files.maps(pids) if self._files else {}
        told = self._candidates
        for pid in pids:
            uses: list[Use] = []
            try:
                there = links(self._system.proc, pid) if told is None else self._links(pid, told.get(pid, ()))
            except Unreadable as refused:
                self._counts.denied += refused.missing.reason is Reason.DENIED
                continue
            uses += self._descriptors(pid, there)
            if self._files:
                uses += self._files.others(pid, maps.get(pid))
            uses += self._namespaces(pid)
            uses += self._waiting.get(pid, ())
            if uses:
                self._who.append(self._having(pid, uses))
        if self._files:
            self._counts.silent = self._files.silent

    def _descriptors(self, pid: int, there: Sequence[tuple[int, str]]) -> Iterator[Use]:
        """Which of its descriptors lead to the thing."""
        sought = self._sought or Sought()
        older = False
        for number, link in sorted(there):
            if link in sought.links:
                if sought.same is None or (pid, number) == sought.same or self._is_same(pid, number):
                    inode = int(link[8:-1]) if link in sought.links and link.startswith("socket:[") else 0
                    self._held.add(inode)
                    yield self._use(pid, number, "fd", what=what(sought, inode) or (link if sought.several else ""))
            elif link in sought.ends:
                yield self._use(pid, number, "other end")
            elif link.startswith("socket:["):
                inode = int(link[8:-1])
                if inode in sought.sockets:
                    self._held.add(inode)
                    yield self._use(pid, number, "fd", what=what(sought, inode))
            elif sought.info and link == sought.info[0]:
                if self._says(pid, number, *sought.info[1:]):
                    yield self._use(pid, number, "fd")
            elif self._files and link.startswith("/"):
                older = older or bool(sought.older and link == sought.older)
                yield from self._files.descriptor(pid, number, link)
        self._counts.older += older

    def _use(self, pid: int, number: int, how: str, what: str = "") -> Use:
        return Use(how, number, access(self._system.proc, pid, number), what)

    def _is_same(self, pid: int, number: int) -> bool:
        assert self._sought is not None
        assert self._sought.same is not None
        try:
            return same_file(*self._sought.same, pid, number)
        except Unreadable as refused:
            if refused.missing.reason is not Reason.GONE:
                self._unsure = refused.missing
            return False

    def _says(self, pid: int, number: int, key: str, value: str) -> bool:
        try:
            return value in split(number, "", self._system.proc.read(pid, "fdinfo", number)).info.get(key, ())
        except Unreadable:
            return False

    def _namespaces(self, pid: int) -> Iterator[Use]:
        """Whether it is inside the namespace."""
        for link in (self._sought or Sought()).links:
            name = link.partition(":[")[0]
            if name not in {"pipe", "socket"} and not name.startswith(("/", "anon_inode:")):
                try:
                    if self._system.proc.link(pid, "ns", name) == link:
                        yield Use("inside")
                except Unreadable:
                    continue

    def _having(self, pid: int, uses: Sequence[Use]) -> Having:
        proc = self._system.proc
        try:
            user = self._system.users.name(proc.owner(pid))
        except Unreadable:
            user = ""
        return Having(pid, comm(proc, pid), user, tuple(dict.fromkeys(uses)))

    def _unheld(self) -> tuple[Unheld, ...]:
        """Sockets that are meant, that nobody was seen to have, and that are still there: connections come and go while we look."""
        sought = self._sought or Sought()
        left = [inode for inode in sought.sockets if inode not in self._held]
        if left and not self._ourselves:
            ours = {link for _, link in links(self._system.proc, os.getpid())}
            left = [inode for inode in left if f"socket:[{inode}]" not in ours]
        left = left[:CLOSED]
        if left:
            now = Elsewhere(self._system.proc, Sockets(self._system.proc, self._system.reader))
            left = [inode for inode in left if now.find(inode)]
        maker = sought.maker
        return tuple(Unheld(sought.sockets[inode], self._system.users.name(maker[inode]) if inode in maker else "") for inode in left)


def what(sought: Sought, inode: int) -> str:
    """Which of several sockets it is."""
    return sought.sockets.get(inode, "") if sought.several else ""
