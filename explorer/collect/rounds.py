"""What all processes hold, from refresh to refresh: read one after the other, round after round, what is on the screen first."""

import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from sys import intern
from typing import Final, Protocol

from explorer.collect.everything import everything
from explorer.model.fd import Fd
from explorer.model.held import Held, Wanted
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.opened import Looked, Opened, Owner, Slot
from explorer.resolve.system import System

MARK: Final = 5.0
"""Seconds for which closed ones are kept."""
MOST: Final = 200_000
"""Rows that are kept. Of more, those that a filter wants."""
NEW: Final = 64
"""Processes that have come since, of which so many are looked at in a step before all others."""
QUICK: Final = 500
"""Rows that a process on the screen may have to be looked at in every step; one that has more has its turn."""
WHOLE: Final = 0.5
"""Seconds up to which a round is made in one step, from the second on."""
SHORTEST: Final = 0.2
"""Seconds over which a rate can be told."""
REST: Final = 9.0
"""After the first round, times as long as the looking took, no more of a round is looked at."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a step found: fresh rows, and those that are not there any more or have become others."""

    fresh: tuple[Opened, ...]
    retired: tuple[Opened, ...]
    looked: Looked


class Source(Protocol):
    """As everything()."""

    def __call__(self, system: System, pids: Iterable[int] | None = None, wanted: Wanted = ...) -> Iterator[Held]: ...


class Rounds:
    """Keeps what it read. For one thread. only: what a filter wants, where not everything can be kept."""

    def __init__(
        self, system: System, source: Source = everything, clock: Callable[[], float] = time.monotonic, *, most: int = MOST
    ) -> None:
        self._system, self._source, self._clock, self._most = system, source, clock, most
        self.wanted = Wanted()
        self.only: Callable[[Opened], bool] | None = None
        self._rows: dict[int, dict[Slot, Opened]] = {}
        self._owners: dict[int, Owner] = {}
        self._looked: dict[int, float] = {}
        """When each process was looked at last."""
        self._denied: set[int] = set()
        self._silent: set[int] = set()
        self._closed: deque[tuple[float, int, Slot]] = deque()
        self._round: Iterator[Held] | None = None
        self._rounds = self._kept = 0
        self._unkept = [0, 0]
        """Of the last round, and so far of this one."""
        self._narrowed = False
        self._rest = 0.0
        self._lasted, self._lasts = WHOLE, 0.0
        """Seconds that the last round took, and so far this one."""
        self._fresh: list[Opened] = []
        self._retired: list[Opened] = []

    @property
    def rounds(self) -> int:
        """How often all were looked at."""
        return self._rounds

    def all(self) -> list[Opened]:
        """Every row that is kept."""
        return [row for rows in self._rows.values() for row in rows.values()]

    def again(self) -> None:
        """Something else is wanted: begin a round now, as if it were the first. What was kept stays until it is seen to be otherwise."""
        self._round, self._rounds, self._unkept, self._narrowed, self._rest = None, 0, [0, 0], False, 0.0
        self._looked.clear()
        self._lasts = 0.0

    def step(self, seconds: float, visible: Collection[int] = ()) -> Change:
        """Look at some more, for so long and until the process that it is at then is done. visible: whom a person sees. Never raises."""
        begun = self._clock()
        self._fresh, self._retired = [], []
        self._forget(begun)
        try:
            numbers = set(self._system.proc.numbers())
        except Unreadable as refused:
            return Change((), (), self._told(0, refused.missing))
        for pid in [pid for pid in self._owners if pid not in numbers]:
            self._ended(pid)
        if self._rounds and self._lasted >= WHOLE:
            quick = [pid for pid in visible if pid in numbers and len(self._rows.get(pid, ())) <= QUICK]
            new = sorted(pid for pid in numbers if pid not in self._owners)[:NEW]
            if quick or new:
                self._read(self._source(self._system, sorted({*quick, *new}), self.wanted), begun + seconds)
        if begun >= self._rest:
            self._go_round(begun, seconds if not self._rounds or self._lasted >= WHOLE else 2 * WHOLE)
        now = self._clock()
        if self._rounds:
            self._rest = max(self._rest, now + REST * (now - begun))
        return Change(tuple(self._fresh), tuple(self._retired), self._told(len(numbers)))

    def _go_round(self, begun: float, seconds: float) -> None:
        """Some more of this round."""
        if self._round is None:
            self._round = self._source(self._system, None, self.wanted)
        started = self._clock()
        done = self._read(self._round, begun + seconds)
        self._lasts += self._clock() - started
        if done:
            self._rounds, self._round, self._unkept = self._rounds + 1, None, [self._unkept[1], 0]
            self._lasted, self._lasts = self._lasts, 0.0

    def _read(self, source: Iterator[Held], until: float) -> bool:
        """Take what comes, one at least; True where nothing more does."""
        begun = self._clock()
        while (held := next(source, None)) is not None:
            self._take(held, begun)
            now = self._clock()
            if held.process.pid in self._owners:
                self._looked[held.process.pid] = begun
            if now >= until:
                return False
            begun = now
        return True

    def _told(self, total: int, unseen: Missing | None = None) -> Looked:
        return Looked(
            processes=len(self._owners),
            total=total,
            rows=self._kept,
            unkept=max(self._unkept),
            narrowed=self._narrowed,
            denied=len(self._denied),
            silent=len(self._silent),
            rounds=self._rounds,
            unseen=unseen,
        )

    # one process

    def _take(self, held: Held, now: float) -> None:
        pid = held.process.pid
        why = held.fds if isinstance(held.fds, Missing) else None
        if why is not None and why.reason is Reason.GONE:
            self._ended(pid)
            return
        owner = self._owner(held)
        for ours, given in ((self._denied, Reason.DENIED), (self._silent, None)):
            ours.discard(pid)
            if why is not None and (why.reason is given or (given is None and why.reason is not Reason.DENIED)):
                ours.add(pid)
        first = pid not in self._looked and not self._rounds
        elapsed = now - self._looked.get(pid, now)
        before = self._rows.setdefault(pid, {})
        seen: set[Slot] = set()
        for what in (*(() if why is not None else held.fds), *held.keepings):  # type: ignore[misc]
            slot = slot_of(what)
            seen.add(slot)
            self._put(owner, slot, what, before.get(slot), now, elapsed, first=first)
        for slot in [slot for slot in before if slot not in seen and slot[0] != "closed"]:
            self._close(before, slot, now)
        if not before:
            del self._rows[pid]

    def _owner(self, held: Held) -> Owner:
        pid = held.process.pid
        user = self._system.users.name(held.uid) if isinstance(held.uid, int) else ""
        owner = Owner(held.process, held.comm, user, held.uid if isinstance(held.uid, int) else -1)
        known = self._owners.get(pid)
        if known == owner:
            return known
        if known is not None and known.process != owner.process:
            self._ended(pid)
        self._owners[pid] = owner
        return owner

    def _put(self, owner: Owner, slot: Slot, what: Fd | Keeping, old: Opened | None, now: float, elapsed: float, *, first: bool) -> None:
        what = slim(what)
        if old is not None:
            rate = rate_of(old, what, elapsed)
            if old.owner is owner and old.what == what and old.rate == rate:
                return
            same = not isinstance(what, Fd) or not isinstance(old.what, Fd) or old.what.identity == what.identity
            if same and isinstance(what, Fd) and isinstance(old.what, Fd) and what.unseen is not None and old.what.unseen is None:
                # A round knows of all who has what; one process alone, only of some.
                what = replace(what, peers=old.what.peers, others=old.what.others, unseen=None)
                if old.owner is owner and old.what == what and old.rate == rate:
                    return
            row = Opened(owner, what, rate if same else 0.0, old.since if same else now)
            self._drop(slot, old)
        else:
            row = Opened(owner, what, since=0.0 if first else now)
        self._keep(slot, row)

    def _close(self, rows: dict[Slot, Opened], slot: Slot, now: float) -> None:
        """It is not there any more: a descriptor's row stays for a while, marked."""
        row = rows.get(slot)
        if row is None:
            return  # others needed its room
        self._drop(slot, row)
        if isinstance(row.what, Fd):
            old = rows.get(("closed", row.what.number))
            if old is not None:
                self._drop(old.slot, old)
            closed = replace(row, rate=0.0, closed=now)
            self._keep(closed.slot, closed)
            self._closed.append((now, row.owner.process.pid, closed.slot))

    def _ended(self, pid: int) -> None:
        """Nothing that it had is there any more."""
        self._owners.pop(pid, None)
        self._looked.pop(pid, None)
        self._denied.discard(pid)
        self._silent.discard(pid)
        for row in self._rows.pop(pid, {}).values():
            self._kept -= 1
            self._retired.append(row)

    def _forget(self, now: float) -> None:
        """Those that were closed long ago."""
        while self._closed and now - self._closed[0][0] >= MARK:
            when, pid, slot = self._closed.popleft()
            row = self._rows.get(pid, {}).get(slot)
            if row is not None and row.closed == when:
                self._drop(slot, row)

    # what is kept

    def _keep(self, slot: Slot, row: Opened) -> None:
        if self._kept >= self._most and self.only is not None and not self._narrowed:
            self._narrow(self.only)
        if self._kept >= self._most or (self._narrowed and self.only is not None and not self.only(row)):
            self._unkept[1] += 1
            return
        self._rows.setdefault(row.owner.process.pid, {})[slot] = row
        self._kept += 1
        self._fresh.append(row)

    def _drop(self, slot: Slot, row: Opened) -> None:
        del self._rows[row.owner.process.pid][slot]
        self._kept -= 1
        self._retired.append(row)

    def _narrow(self, only: Callable[[Opened], bool]) -> None:
        """Make room: what the filter does not want goes, and is not kept from now on."""
        self._narrowed = True
        for rows in self._rows.values():
            for slot, row in list(rows.items()):
                if not only(row):
                    self._drop(slot, row)
                    self._unkept[1] += 1


def slot_of(what: Fd | Keeping) -> Slot:
    """What of a process it is."""
    return ("fd", what.number) if isinstance(what, Fd) else (what.how, what.path)


def slim(what: Fd | Keeping) -> Fd | Keeping:
    """Without its fdinfo, which is more than half of it and shown of one descriptor at a time; what many have in common, once."""
    if not isinstance(what, Fd):
        return what
    path = getattr(what, "path", None)
    if isinstance(path, str):
        return replace(what, info=(), target=intern(what.target), path=intern(path))  # type: ignore[call-arg]
    return replace(what, info=(), target=intern(what.target))


def rate_of(old: Opened, what: Fd | Keeping, elapsed: float) -> float:
    """Bytes a second since it was looked at before; as it was where that is too short a time."""
    before, now = getattr(old.what, "position", None), getattr(what, "position", None)
    if elapsed < SHORTEST:
        return old.rate
    return (now - before) / elapsed if isinstance(now, int) and isinstance(before, int) and now != before else 0.0
