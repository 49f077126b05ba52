"""Processes at rest: which of them have not run since, for less than half the price of reading their stat.

A process of one thread that has not run is as it was, but for what others do to it (memory taken away, another nice value,
another parent). schedstat of its leader says whether it has: time on a CPU, time waited for one, times it was given one
(proc_pid_schedstat() of fs/proc/base.c).
"""

from collections.abc import Iterable

from explorer.kernel.held import Held
from explorer.model.missing import Reason, Unreadable
from explorer.resolve.system import System

UNCOUNTED = b"0 0 0"
"""What a kernel without CONFIG_SCHED_INFO says of everybody; others say it only of who was not given a CPU yet."""


RESTLESS = 2
SIZE = 80
"""Three numbers of 64 bits."""


class Rest:
    """pids: who is at rest. Their schedstat is held open under minus their pid, beside what else `held` holds."""

    def __init__(self, system: System, held: Held) -> None:
        self._root = system.proc.root
        self._held = held
        self._last: dict[int, bytes] = {}
        self._woken: dict[int, int] = {}
        self._counted = counted(system)
        self.pids: set[int] = set()

    def slept(self, pids: Iterable[int]) -> tuple[set[int], set[int], set[int]]:
        """Of those of these that are at rest: who has not run, who has and so is at rest no more, and who is gone."""
        asleep = self.pids.intersection(pids)
        ran, silent = self._held.reread([-pid for pid in asleep], self._last, self._path, size=SIZE)
        gone = {-key for key, why in silent.items() if why.reason is Reason.GONE}
        woken = {-key for key in (*ran, *silent)}
        self.wake(woken)
        for pid in woken:
            self._woken[pid] = self._woken.get(pid, 0) + 1
        self.forgive(gone)
        return asleep - woken, woken - gone, gone

    def lay(self, pids: Iterable[int]) -> list[int]:
        """Of these, who is at rest from now on. What they did before is to be read once more after this.

        Not those that were woken RESTLESS times: opening and closing their files costs more than reading their stat.
        """
        if not self._counted:
            return []
        wanted = [-pid for pid in pids if pid not in self.pids and self._woken.get(pid, 0) < RESTLESS]
        found, _ = self._held.reread(wanted, self._last, self._path, size=SIZE)
        laid = [-key for key in found]
        self.pids.update(laid)
        return laid

    def forgive(self, pids: Iterable[int]) -> None:
        """Let those that were restless try again."""
        for pid in pids:
            self._woken.pop(pid, None)

    def wake(self, pids: Iterable[int]) -> None:
        """These are not at rest any more."""
        for pid in pids:
            if pid in self.pids:
                self.pids.discard(pid)
                self._last.pop(-pid, None)
                self._held.release(-pid)

    def _path(self, key: int) -> str:
        return f"{self._root}/{-key}/schedstat"


def counted(system: System) -> bool:
    """Whether this kernel counts: we at least have been given a CPU."""
    try:
        return not system.proc.read("self", "schedstat").startswith(UNCOUNTED)
    except Unreadable:
        return False
