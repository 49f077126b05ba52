"""The open files of one process from refresh to refresh: what is new, what was closed, how fast positions move."""

import time
from collections.abc import Callable, Collection, Iterable
from typing import Final

from explorer.collect.ends import connected, pids
from explorer.collect.files import decoded, texts, wants_stat
from explorer.decode.fd.raw import RawFd
from explorer.decode.proc.limits import decode as decode_limits
from explorer.model.fd import Fd
from explorer.model.files import Closed, OpenFiles
from explorer.model.missing import Missing, Unreadable
from explorer.resolve.holders import BUDGET
from explorer.resolve.system import System

MARK: Final = 5.0
"""Seconds for which new and closed ones are marked."""
SLICE: Final = 250
"""Of a large process so many are looked at again in a refresh, beside those that are new and those on the screen."""
FIRST: Final = 2000
"""Of those never looked at so many in a refresh: the first rows come soon."""
LIKELY: Final = 16
SHORTEST: Final = 0.2
SIZED: Final = frozenset({"regular", "memfd", "file"})
"""Kinds of which stat(2) may say something new while their text stays."""


class Descriptors:
    """Keeps what it read of one process. For one thread."""

    def __init__(self, pid: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._pid = pid
        self._clock = clock
        self._numbers: set[int] | None = None
        self._raws: dict[int, RawFd] = {}
        self._plain: dict[int, Fd] = {}
        self._fds: dict[int, Fd] = {}
        self._opened: dict[int, float] = {}
        self._closed: list[tuple[Fd, float]] = []
        self._positions: dict[int, tuple[int, float]] = {}
        self._rates: dict[int, float] = {}
        self._turn = 0

    def tick(self, system: System, visible: Collection[int] = ()) -> OpenFiles | Missing:
        """Now. visible: numbers of the rows that a person sees; they are never older than one refresh. Never raises."""
        try:
            numbers = set(system.proc.numbers(self._pid, "fd"))
        except Unreadable as refused:
            return refused.missing
        now = self._clock()
        self._forget(now, [number for number in self._fds if number not in numbers])
        self._mark(now, numbers)
        look = self._chosen(numbers, visible)
        raws = texts(system, self._pid, look)
        self._forget(now, [number for number in look if number not in raws and number in self._fds])
        self._take(system, now, raws)
        return OpenFiles(
            self._pid,
            tuple(self._fds[number] for number in sorted(self._fds)),
            frozenset(self._opened),
            tuple(Closed(fd, now - when) for fd, when in self._closed),
            dict(self._rates),
            len(numbers.difference(look, self._fds)),
            soft_limit(system, self._pid),
        )

    def _mark(self, now: float, numbers: set[int]) -> None:
        if self._numbers is not None:
            self._opened.update((number, now) for number in numbers - self._numbers)
        self._numbers = numbers
        self._opened = {number: when for number, when in self._opened.items() if number in numbers and now - when < MARK}
        self._closed = [(fd, when) for fd, when in self._closed if now - when < MARK]

    def _forget(self, now: float, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._closed.append((self._fds.pop(number), now))
            for kept in (self._raws, self._plain, self._positions, self._rates):
                kept.pop(number, None)

    def _chosen(self, numbers: set[int], visible: Collection[int]) -> list[int]:
        """Which to look at in this refresh: all, or of many the new ones, those on the screen and some of the others in turn."""
        unread = sorted(number for number in numbers if number not in self._fds)[:FIRST]
        if len(numbers) <= SLICE + FIRST // 2:
            return sorted(numbers)
        known = sorted(self._fds)
        self._turn = self._turn % max(1, len(known))
        in_turn = known[self._turn : self._turn + SLICE]
        self._turn += SLICE
        return sorted({*unread, *(number for number in visible if number in numbers), *in_turn})

    def _take(self, system: System, now: float, raws: dict[int, RawFd]) -> None:
        """Decode what changed; ask again who is at the other end of all that were looked at."""
        changed = {number: raw for number, raw in raws.items() if self._may_have_changed(number, raw)}
        plain = {**{number: self._plain[number] for number in raws if number not in changed}, **decoded(system, self._pid, changed)}
        likely = sorted(pids(self._fds[number] for number in raws if number in self._fds))[:LIKELY]
        found = connected(system, self._pid, plain, self._fds, likely=likely, budget=BUDGET)
        for number, fd in found.items():
            before = self._fds.get(number)
            if before is fd and isinstance(fd.position, Missing):
                continue  # nothing of it can have changed
            if before is not None and before.identity != fd.identity:
                self._forget(now, [number])
                self._opened[number] = now
            self._rate(now, fd)
            self._fds[number], self._raws[number], self._plain[number] = fd, raws[number], plain[number]

    def _may_have_changed(self, number: int, raw: RawFd) -> bool:
        """Its text has, or it is a file, whose size may have."""
        return not same(raw, self._raws.get(number)) or (wants_stat(raw) and self._plain[number].kind in SIZED)

    def _rate(self, now: float, fd: Fd) -> None:
        if isinstance(fd.position, Missing):
            return
        before, when = self._positions.get(fd.number, (fd.position, now))
        if now - when < SHORTEST and fd.number in self._positions:
            return
        self._positions[fd.number] = (fd.position, now)
        if fd.position != before:
            self._rates[fd.number] = (fd.position - before) / (now - when)
        else:
            self._rates.pop(fd.number, None)


def same(raw: RawFd, before: RawFd | None) -> bool:
    """Whether the text is what it was."""
    return before is not None and raw.link == before.link and raw.lines == before.lines and raw.unreadable == before.unreadable


def soft_limit(system: System, pid: int) -> int | Missing | None:
    """How many descriptors it may have open (RLIMIT_NOFILE); None for no limit."""
    try:
        limits = decode_limits(system.proc.read(pid, "limits"))
    except Unreadable as refused:
        return refused.missing
    return next((limit.soft for limit in limits if limit.name == "Max open files"), None)
