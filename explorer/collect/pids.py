"""Which processes came and went; a folder of ten thousand is read only as often as needed."""

from collections.abc import Collection, Set
from typing import Final

from explorer.decode.proc.loadavg import Loadavg, decode
from explorer.model.missing import Unreadable
from explorer.resolve.system import System

BELIEVED: Final = 3.0
"""Seconds after which the folder is read in any case."""

BELIEVED_OF_MANY: Final = 9.0
"""The same where there are MANY."""

MANY: Final = 1000
"""Processes from which on newcomers are looked for one by one instead of reading the folder."""

PROBED: Final = 300
"""So many pids are tried at the most; where more were given since, reading the folder is cheaper."""


class Pids:
    """What changed in /proc, tick after tick.

    Reading the folder costs 1.2 µs a process. /proc/loadavg tells the last pid given and how many threads there are
    (fs/proc/loadavg.c): while both stand still nothing was born and nothing was reaped. Where they moved and there are
    many processes, pids are tried from where the last one stood before: they are given in ascending order (alloc_pid() of
    kernel/pid.c). Who went is then told when the folder is read, or found sooner by who reads it. Where that once finds a
    newcomer that trying had missed (/proc is of another pid namespace than we are, or pids are chosen by clone3(2)), pids
    are not tried any more.
    """

    def __init__(self, system: System) -> None:
        self._system = system
        self._seen = Loadavg()
        self._before = 0
        self._listed = -BELIEVED_OF_MANY
        self._trying = True

    def changed(self, now: float, known: Set[str]) -> tuple[list[int], list[int]]:
        """Who is there and not among those known, ascending, and who is known and not there any more. known: pids as text."""
        # First, so that what is born while we look shows the next time.
        seen = self._counters()
        old, before = self._seen, self._before
        self._seen, self._before = seen, old.last_pid
        many = self._trying and len(known) > MANY
        # A pid is given some time before its process can be seen: from where it stood the time before.
        given = range(before + 1, seen.last_pid + 1) if 0 < before <= seen.last_pid else range(0)
        if seen.last_pid and now - self._listed < (BELIEVED_OF_MANY if many else BELIEVED):
            if (seen.last_pid, seen.tasks) == (old.last_pid, old.tasks):
                return [], []
            if many and before <= seen.last_pid <= before + PROBED:
                return [pid for pid in given if str(pid) not in known and self._leads(pid)], []
        self._listed = now
        try:
            names = set(self._system.proc.names())
        except Unreadable:
            return [], numbers(known)
        came = numbers(names - known)
        if many and before and len(given) <= PROBED and any(pid not in given for pid in came):
            self._trying = False
        return came, numbers(known - names)

    def _leads(self, pid: int) -> bool:
        """Whether it is a process: /proc answers for the ids of threads too, without listing them."""
        try:
            return f"\nTgid:\t{pid}\n".encode() in self._system.proc.read(pid, "status")
        except Unreadable:
            return False

    def _counters(self) -> Loadavg:
        try:
            return decode(self._system.proc.read("loadavg"))
        except Unreadable:
            return Loadavg()


def numbers(names: Collection[str]) -> list[int]:
    """Those that are pids, ascending."""
    return sorted(int(name) for name in names if name.isascii() and name.isdigit())
