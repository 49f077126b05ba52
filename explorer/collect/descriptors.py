"""The open files of one process from refresh to refresh: what is new, what was closed, how positions move, whether they become more."""

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice
from typing import Final

from explorer.collect.ends import connected, pids
from explorer.collect.files import decoded, raw_of
from explorer.collect.growth import Growth
from explorer.collect.positions import Positions
from explorer.decode.proc.limits import decode as decode_limits
from explorer.kernel.clock import boottime
from explorer.kernel.descriptors import Said, count, said
from explorer.model.fd import Fd
from explorer.model.files import Closed, OpenFiles
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import TICKS
from explorer.resolve.holders import BUDGET
from explorer.resolve.system import System

MARK: Final = 5.0
"""Seconds for which new and closed ones are marked."""
ALL: Final = 250
"""Of a process with no more than so many each is looked at in full in every refresh."""
SLICE: Final = 100
"""Of a larger one the text of so many is read again in a refresh, beside those that are new and those on the screen,"""
ASKED: Final = 20
"""and of so many it is asked again who is at the other end, and how large the file is."""
MOST_CLOSED: Final = 1000
"""So many closed ones are told, the last."""
BEGIN, FIRST = 250, 1000
"""Of those never looked at so many in the first refresh, and in each after it: the first rows come soon."""
MOST: Final = 50_000
"""So many are kept understood. Beyond them, those on the screen and new ones,"""
BESIDE: Final = 2000
"""the last so many."""
UNSURE: Final = 50
"""Of those whose other end was not found yet, since not everybody had been looked at, so many are asked again."""
THOROUGH: Final = 0.5
"""Seconds that may be spent on looking at everybody while very many are read: to ask all of them again costs more."""
LISTED: Final = 2.5
"""Seconds for which the numbers of a larger one are taken to be the same where there are as many."""
LIKELY: Final = 16
AGAIN: Final = frozenset({"regular", "memfd", "file"})
"""Kinds of which stat(2) may say something new while their text stays."""


class Descriptors:
    """Keeps what it read of one process. started: clock ticks at which that was, as in ProcessId. For one thread."""

    def __init__(self, pid: int, clock: Callable[[], float] = time.monotonic, started: int = 0) -> None:
        self._pid = pid
        self._clock = clock
        self._names: list[str] | None = None
        self._numbers: frozenset[int] = frozenset()
        self._order: list[int] = []
        """The same, ascending."""
        self._counted = 0.0, 0
        """When they were listed, and how many the folder said there are."""
        self._texts: dict[int, int] = {}
        """A hash of the text of each, for the texts of a hundred thousand are many megabytes."""
        self._fds: dict[int, Fd] = {}
        self._shown: tuple[Fd, ...] | None = ()
        """The same by number; None where it has to be made again."""
        self._rows: tuple[Fd | int, ...] = ()
        self._absent: set[int] = set()
        self._beside: dict[int, None] = {}
        """Those understood beyond MOST."""
        self._opened: dict[int, float] = {}
        self._closed: list[tuple[Fd, float]] = []
        self._unsure: dict[int, None] = {}
        """Not everybody had been looked at when it was asked who is at the other end."""
        self._before: set[int] = set()
        """Open since before the first refresh, and not looked at yet."""
        self._positions = Positions()
        self._growth = Growth(boottime() - started / TICKS)
        self._turns = {SLICE: 0, ASKED: 0}
        self._looked: tuple[float, frozenset[int]] = 0.0, frozenset()
        """When the last refresh was, and at which it looked."""

    def tick(self, system: System, visible: Collection[int] = (), closely: Collection[int] = ()) -> OpenFiles | Missing:
        """Now. visible: numbers of the rows that a person sees; they are never older than one refresh. closely: of those that are
        unfolded, of which more is asked. Never raises.
        """
        now = self._clock()
        try:
            self._list(system, now)
        except Unreadable as refused:
            return refused.missing
        self._unmark(now)
        texts, asked = self._chosen({*visible, *closely})
        answers = dict(said(system.proc, self._pid, texts))
        self._forget(now, [number for number in texts if number not in answers and number in self._fds])
        self._take(system, now, answers, asked, closely)
        self._looked = now, frozenset(answers)
        # Those that were listed, and closed before they were looked at.
        absent = {number for number in texts if number not in self._fds}
        self._let_go(visible)
        unread = len(self._numbers) - len(self._fds) - len(absent)
        if self._shown is None or absent != self._absent:
            self._absent = absent
            self._rows = tuple([self._fds.get(number, number) for number in self._order if number not in absent])
            self._shown = tuple([fd for fd in self._rows if not isinstance(fd, int)])
        moving = ((number, self._positions.progress(self._fds[number])) for number in self._positions.moving)
        return OpenFiles(
            self._pid,
            self._shown,
            frozenset(self._opened),
            tuple(Closed(fd, now - when) for fd, when in self._closed),
            {number: progress for number, progress in moving if progress is not None},
            unread,
            soft_limit(system, self._pid),
            self._growth.trend(now, len(self._numbers)),
            self._rows if unread else (),
            unread > 0 and len(self._fds) < MOST,
        )

    def _list(self, system: System, now: float) -> None:
        """Which are open now. Raises Unreadable."""
        many = count(system.proc, self._pid) if len(self._numbers) > ALL else 0
        if many and many == self._counted[1] and now - self._counted[0] < LISTED:
            return
        names = system.proc.names(self._pid, "fd")
        self._counted = now, many
        if names == self._names:
            return
        order = sorted(map(int, filter(str.isdecimal, names)))
        numbers = frozenset(order)
        if self._names is None:
            self._before = set(numbers)
        else:
            self._opened.update(dict.fromkeys(numbers - self._numbers, now))
            self._forget(now, [number for number in self._fds if number not in numbers])
            self._before &= numbers
        self._names, self._numbers, self._order, self._shown = names, numbers, order, None

    def _unmark(self, now: float) -> None:
        self._opened = {number: when for number, when in self._opened.items() if number in self._numbers and now - when < MARK}
        self._closed = [(fd, when) for fd, when in self._closed[-MOST_CLOSED:] if now - when < MARK]

    def _forget(self, now: float, numbers: Iterable[int]) -> None:
        """They are closed."""
        for number in numbers:
            self._closed.append((self._fds.pop(number), now))
            self._texts.pop(number, None)
            self._unsure.pop(number, None)
            self._beside.pop(number, None)
            self._positions.forget(number)
            self._growth.forget(number)
            self._shown = None

    def _let_go(self, visible: Collection[int]) -> None:
        """Of those beyond MOST the ones that nobody looks at any more; they are open, but not understood again before somebody does."""
        over = len(self._beside) - BESIDE
        for number in [number for number in self._beside if number not in visible][: max(0, over)]:
            for kept in (self._beside, self._fds, self._texts, self._unsure):
                kept.pop(number, None)
            self._positions.forget(number)
            self._growth.let_go(number)
            self._before.add(number)
            self._shown = None

    def _chosen(self, visible: Collection[int]) -> tuple[Collection[int], Collection[int]]:
        """Whose text is read in this refresh, and of whom it is asked again what the text does not say."""
        known = self._fds
        unread: set[int] = set()
        if len(known) < len(self._numbers):
            unread = {number for number in (*visible, *self._opened) if number in self._numbers and number not in known}
            if len(known) < MOST:
                unread |= set(islice((number for number in self._order if number not in known), FIRST if known else BEGIN))
        if len(self._numbers) <= ALL:
            return sorted(self._numbers), self._numbers
        seen = {number for number in visible if number in known}
        asked = {*seen, *self._in_turn(ASKED), *self._positions.moving, *islice(self._unsure, UNSURE)}
        return sorted({*unread, *asked, *self._in_turn(SLICE)}), asked

    def _in_turn(self, many: int) -> Iterable[int]:
        """So many of those known, others in each refresh."""
        known = self._shown or sorted(self._fds)
        start = self._turns[many] % max(1, len(known))
        self._turns[many] = start + many
        return (one if isinstance(one, int) else one.number for one in known[start : start + many])

    def _take(self, system: System, now: float, answers: Mapping[int, Said], asked: Collection[int], closely: Collection[int]) -> None:
        """Decode what changed; ask of these who is at the other end, and how large they are."""
        texts = {number: hash(answer) for number, answer in answers.items()}
        changed = {number for number, text in texts.items() if text != self._texts.get(number)}
        again = [number for number in answers if number in asked and number not in changed]
        raws = {number: raw_of(number, answers[number]) for number in answers if number in changed or self._may_have_grown(number, asked)}
        plain = {**decoded(system, self._pid, raws), **{number: self._fds[number] for number in again if number not in raws}}
        likely = sorted(pids(self._fds[number] for number in answers if number in self._fds))[:LIKELY]
        budget = THOROUGH if len(changed) > ALL else BUDGET
        found = connected(system, self._pid, plain, self._fds, likely=likely, budget=budget, closely=closely) if plain else {}
        for number, fd in found.items():
            self._texts[number] = texts[number]
            self._keep(now, fd)
            self._unsure.pop(number, None)
            if fd.unseen is not None and fd.unseen.reason is Reason.TIMED_OUT:
                self._unsure[number] = None

    def _may_have_grown(self, number: int, asked: Collection[int]) -> bool:
        """Whether its size may be another, though its text is the same."""
        return number in asked and (fd := self._fds.get(number)) is not None and fd.kind in AGAIN

    def _keep(self, now: float, fd: Fd) -> None:
        """This is how it is now."""
        number, before = fd.number, self._fds.get(fd.number)
        when, looked = self._looked
        if before == fd:
            self._positions.take(fd, now, before, when)
            return
        if before is not None and before.identity != fd.identity:
            self._forget(now, [number])
            self._opened[number] = now
            before = None
        self._positions.take(fd, now, before, when if number in looked else None)
        self._growth.has(fd, before=number in self._before)
        self._before.discard(number)
        if number not in self._fds and len(self._fds) >= MOST:
            self._beside[number] = None
        self._fds[number], self._shown = fd, None


def soft_limit(system: System, pid: int) -> int | Missing | None:
    """How many descriptors it may have open (RLIMIT_NOFILE); None for no limit."""
    try:
        limits = decode_limits(system.proc.read(pid, "limits"))
    except Unreadable as refused:
        return refused.missing
    return next((limit.soft for limit in limits if limit.name == "Max open files"), None)
