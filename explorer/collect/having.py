"""Who has a thing: a walk over all processes, in steps, so that what was found so far can be shown, and with an end.

What a link says is the thing itself for pipes, sockets and namespaces. Anonymous ones (eventpoll, eventfd, timerfd …) all say
the same; kcmp(2) tells them apart. A file is its device and inode, whatever it is called where somebody sees it; those who
map it have it too, and those whose working directory or root it is.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from explorer.decode.proc import maps
from explorer.kernel.descriptors import access, links
from explorer.kernel.kcmp import same_file
from explorer.kernel.reader import Ask, stat_of
from explorer.model.having import Having, Thing, WhoHas
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.comm import comm
from explorer.resolve.system import System

STEP: Final = 0.15
"""Seconds of one step,"""
ALL: Final = 15.0
"""and of all of them: who is not looked at by then is not looked at."""
SLICE: Final = 32
"""Processes whose maps are asked for at a time."""
MOST: Final = 1000
"""Processes that are listed."""
MAPS_LIMIT: Final = 1 << 24
DELETED: Final = " (deleted)"
FOLDER: Final = 0o040000
TYPE: Final = 0o170000
Identity = tuple[int, int, int]
"""Major and minor number of the device, inode."""


@dataclass(slots=True)
class Counts:
    """Of those looked at: how many may not be read, did not answer."""

    denied: int = 0
    silent: int = 0


class Search:
    """About one thing of one process. For one thread."""

    def __init__(self, system: System, pid: int, thing: Thing, clock: Callable[[], float] = time.monotonic) -> None:
        self._system = system
        self._pid = pid
        self._thing = thing
        self._clock = clock
        self._end = float("inf")
        self._pids: list[int] | None = None
        self._at = 0
        self._who: list[Having] = []
        self._counts = Counts()
        self._unsure: Missing | None = None
        self._is_file = thing.link.startswith("/")
        self._is_folder = False
        self._known: set[Identity] = set()

    def step(self) -> WhoHas:
        """Look at some more. Blocks for STEP, and for a few deadlines where somebody's memory does not answer. Never raises."""
        if self._pids is None:
            self._end = self._clock() + ALL
            self._begin()
        pids = self._pids or []
        until = self._clock() + STEP
        while self._at < len(pids) and len(self._who) < MOST:
            self._look(pids[self._at : self._at + SLICE])
            self._at = min(len(pids), self._at + SLICE)
            if self._clock() >= until:
                break
        late = self._clock() >= self._end and self._at < len(pids)
        if late:
            self._unsure = Missing(Reason.TIMED_OUT, f"{len(pids) - self._at:,} processes not looked at within {ALL:g} s")
        full = len(self._who) >= MOST and self._at < len(pids)
        if full:
            self._unsure = Missing(Reason.UNSUPPORTED, f"{len(pids) - self._at:,} processes not looked at: so many have it")
        counts = self._counts
        who = tuple(sorted(self._who, key=lambda each: each.pid))
        done = late or full or self._at >= len(pids)
        return WhoHas(self._thing, who, self._at, len(pids), counts.denied, counts.silent, done, self._unsure)

    def _begin(self) -> None:
        try:
            pids = self._system.proc.numbers()
        except Unreadable as refused:
            self._pids, self._unsure = [], refused.missing
            return
        # Those nearest first: who was started about the same time is likely to have it.
        self._pids = sorted(pids, key=lambda pid: abs(pid - self._pid))
        if self._is_file:
            self._identify()

    def _identify(self) -> None:
        """By what device and inode the file is known: to stat(2), and to maps, which names another device on some file systems."""
        thing, proc = self._thing, self._system.proc
        if thing.fd < 0:
            self._known.add((*thing.device, thing.inode))
        path = proc.path(self._pid, "fd", thing.fd) if thing.fd >= 0 else proc.path(self._pid, "map_files", thing.addresses)
        try:
            found = self._system.reader.stat(path)
        except Unreadable as refused:
            if thing.fd >= 0:
                self._unsure = replace(refused.missing, detail=f"which file it is ({refused.missing.detail})")
            return
        self._known.add(identity(found.dev, found.ino))
        self._is_folder = found.mode & TYPE == FOLDER

    def _look(self, pids: Sequence[int]) -> None:
        """At these processes."""
        texts = self._maps(pids) if self._is_file and not self._is_folder and self._known else {}
        for pid in pids:
            try:
                there = links(self._system.proc, pid)
            except Unreadable as refused:
                self._counts.denied += refused.missing.reason is Reason.DENIED
                continue
            numbers = self._numbers(pid, there)
            mapped = self._mapped(texts.get(pid))
            places = tuple(name for name in ("cwd", "root") if self._is_folder and self._is_place(pid, name))
            if numbers or mapped or places:
                self._who.append(self._having(pid, numbers, mapped, places))

    def _numbers(self, pid: int, there: Sequence[tuple[int, str]]) -> list[int]:
        """Which of its descriptors lead to the thing."""
        thing = self._thing
        if self._is_file:
            return self._files(pid, [(number, link) for number, link in there if link.startswith("/")])
        same = [number for number, link in there if link == thing.link]
        if not same or not thing.link.startswith("anon_inode:"):
            return same
        return [number for number in same if (pid, number) == (self._pid, thing.fd) or self._is_same(pid, number)]

    def _is_same(self, pid: int, number: int) -> bool:
        try:
            return same_file(self._pid, self._thing.fd, pid, number)
        except Unreadable as refused:
            if refused.missing.reason is not Reason.GONE:
                self._unsure = refused.missing
            return False

    def _files(self, pid: int, there: Sequence[tuple[int, str]]) -> list[int]:
        """Those of the same device and inode. fdinfo tells the inode without touching the file; only where that fits stat(2) is asked."""
        inodes = {inode for _, _, inode in self._known}
        own = self._thing.fd if pid == self._pid else -1
        asked = [number for number, link in there if number != own and self._may_be(pid, number, link, inodes)]
        answers = self._system.reader.ask([Ask("s", self._system.proc.path(pid, "fd", number)) for number in asked]) if asked else []
        found = [own] if own in {number for number, _ in there} else []
        for number, answer in zip(asked, answers, strict=True):
            if isinstance(answer, Missing):
                self._counts.silent += answer.reason is Reason.TIMED_OUT
            else:
                file = stat_of(answer)
                if identity(file.dev, file.ino) in self._known:
                    found.append(number)
        return sorted(found)

    def _may_be(self, pid: int, number: int, link: str, inodes: set[int]) -> bool:
        try:
            info = self._system.proc.read(pid, "fdinfo", number)
        except Unreadable:
            return False
        told = next((line[4:] for line in info.splitlines() if line.startswith(b"ino:")), None)
        if told is None:  # before Linux 5.14
            return link.removesuffix(DELETED) == self._thing.link.removesuffix(DELETED)
        return int(told) in inodes

    def _maps(self, pids: Sequence[int]) -> dict[int, bytes]:
        """Their maps, as text; of those that answer."""
        asks = [Ask("r", self._system.proc.path(pid, "maps"), MAPS_LIMIT) for pid in pids]
        found = {}
        for pid, answer in zip(pids, self._system.reader.ask(asks), strict=True):
            if isinstance(answer, Missing):
                self._counts.silent += answer.reason is Reason.TIMED_OUT
            else:
                found[pid] = answer
        return found

    def _mapped(self, text: bytes | None) -> tuple[str, ...]:
        """With which permissions it maps the file; () where it does not."""
        if not text:
            return ()
        inodes = [b" %d " % inode for _, _, inode in self._known]
        # Some file systems give maps another device than stat(2), so the same name with the same inode will do.
        name = self._thing.link.removesuffix(DELETED)
        found: dict[str, None] = {}
        for line in text.split(b"\n"):
            if any(inode in line for inode in inodes):
                for mapping in maps.decode(line):
                    if (*mapping.device, mapping.inode) in self._known or mapping.name == name:
                        found[mapping.permissions] = None
        return tuple(found)

    def _is_place(self, pid: int, name: str) -> bool:
        """Whether its working directory, or root, is the folder."""
        try:
            link = self._system.proc.link(pid, name)
            if os.path.basename(link) != os.path.basename(self._thing.link) and link != "/":
                return False
            file = self._system.reader.stat(self._system.proc.path(pid, name))
        except Unreadable:
            return False
        return identity(file.dev, file.ino) in self._known

    def _having(self, pid: int, numbers: Sequence[int], mapped: tuple[str, ...], places: tuple[str, ...]) -> Having:
        proc = self._system.proc
        try:
            user = self._system.users.name(proc.owner(pid))
        except Unreadable:
            user = ""
        shared = set()
        if self._is_file and self._thing.fd >= 0:
            for number in numbers:
                try:
                    if same_file(self._pid, self._thing.fd, pid, number):
                        shared.add(number)
                except Unreadable:
                    continue
        fds = tuple((number, access(proc, pid, number)) for number in numbers)
        return Having(pid, comm(proc, pid), user, fds, frozenset(shared), mapped, places)


def identity(dev: int, ino: int) -> Identity:
    """Of stat(2)."""
    return os.major(dev), os.minor(dev), ino
