"""Command lines of many processes, asked for in the reader that can be thrown away, and again when they may have changed."""

from collections.abc import Collection, Iterable

from explorer.decode.proc.cmdline import decode
from explorer.kernel.reader import Ask
from explorer.model.missing import Missing, Reason
from explorer.resolve.system import System

UNREAD = Missing(Reason.TIMED_OUT, "not read yet")
"""Stands where a command line is still to be read: the first screen does not wait for ten thousand of them."""

LIMIT = 1 << 14
"""Bytes of a command line that the screen takes; `procdive ps` and `show` take all."""

CHUNK = 64
A_TICK = 2000
RETRIES = 4
"""So many that did not answer are asked again in one tick: each may cost the reader's deadline."""

SHOWN_AGAIN = 3.0
BUSY_AGAIN = 5.0
"""Seconds. A process must run to change its title; who is at rest is looked at seldom."""

SHORT = 512
"""Bytes up to which a command line is kept as it was read: most have not changed when they are read again."""

TOGETHER = 2.5
"""Seconds for which looks that can wait are gathered: to wake the reader costs more than to ask one more."""


class Titles:
    """When each process's command line was asked for, and whose turn it is."""

    def __init__(self, system: System, limit: int = LIMIT) -> None:
        self._system = system
        self._limit = limit
        self._asked: dict[int, float] = {}
        self._waiting: dict[int, None] = {}
        self._later: dict[int, None] = {}
        self._together = 0.0
        self._silent: dict[int, float] = {}
        self._known: dict[int, tuple[bytes, tuple[str, ...]]] = {}
        """Of those with a SHORT one: as it was read, and understood."""

    def want(self, pids: Iterable[int]) -> None:
        """Ask for these before those that wait: they are new, or run another program."""
        self._waiting = dict.fromkeys(pids) | self._waiting

    def look(self, pids: Iterable[int], now: float, after: float) -> None:
        """Ask for those of these that were not asked for so many seconds; not at once."""
        asked = self._asked
        self._later.update((pid, None) for pid in pids if now - asked.get(pid, now) >= after)

    def forget(self, pids: Iterable[int]) -> None:
        """These are gone, or others now."""
        for pid in pids:
            self._asked.pop(pid, None)
            self._waiting.pop(pid, None)
            self._later.pop(pid, None)
            self._silent.pop(pid, None)
            self._known.pop(pid, None)

    def read(self, first: Collection[int], now: float, most: int = A_TICK) -> dict[int, tuple[str, ...] | Missing]:
        """The command lines whose turn it is, `first` before others, as many as a tick has room for.

        Blocks for a few of the reader's deadlines at the most: as soon as one does not answer, the others wait for the next tick.
        """
        if self._waiting or now - self._together >= TOGETHER:
            self._waiting |= self._later
            self._later, self._together = {}, now
        for pid in self._silent:
            self._waiting.pop(pid, None)
        turn = [pid for pid in first if pid in self._waiting]
        shown = frozenset(turn)
        turn += [pid for pid in self._waiting if pid not in shown][: max(0, most - len(turn))]
        found: dict[int, tuple[str, ...] | Missing] = {}
        for at in range(0, len(turn), CHUNK):
            if not self._ask(turn[at : at + CHUNK], now, found):
                return found
        self._ask([pid for pid, when in self._silent.items() if now >= when][:RETRIES], now, found)
        return found

    def _ask(self, pids: list[int], now: float, found: dict[int, tuple[str, ...] | Missing]) -> bool:
        """Whether all of them answered."""
        path, answered = self._system.proc.path, True
        asks = [Ask("r", path(pid, "cmdline"), self._limit) for pid in pids]
        for pid, raw in zip(pids, self._system.reader.ask(asks), strict=True):
            self._asked[pid] = now
            self._waiting.pop(pid, None)
            if isinstance(raw, Missing) and raw.reason is Reason.TIMED_OUT:
                # The reader itself remembers for how long it is no use; an ask within that time costs nothing.
                self._silent[pid] = now + BUSY_AGAIN
                answered = False
            else:
                self._silent.pop(pid, None)
            found[pid] = raw if isinstance(raw, Missing) else self._understood(pid, raw)
        return answered

    def _understood(self, pid: int, raw: bytes) -> tuple[str, ...]:
        known = self._known.get(pid)
        if known is not None and known[0] == raw:
            return known[1]
        args = decode(raw, limit=self._limit).args
        if len(raw) <= SHORT:
            self._known[pid] = raw, args
        else:
            self._known.pop(pid, None)
        return args
