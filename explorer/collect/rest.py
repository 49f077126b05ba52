"""Processes at rest: which of them have not run since, for less than half the price of reading their stat.

A process of one thread that has not run is as it was, but for what others do to it (memory taken away, another nice value,
another parent). schedstat of its leader says whether it has: time on a CPU, time waited for one, times it was given one
(proc_pid_schedstat() of fs/proc/base.c).
"""

from collections.abc import Collection, Iterable

from explorer.kernel.held import Held
from explorer.model.missing import Reason
from explorer.resolve.system import System

UNCOUNTED = b"0 0 0"
"""What a kernel without CONFIG_SCHED_INFO says of everybody."""


class Rest:
    """Who is at rest, as negative pids: their schedstat is held open under these keys, beside what else `held` holds."""

    def __init__(self, system: System, held: Held) -> None:
        self._root = system.proc.root
        self._held = held
        self._last: dict[int, bytes] = {}
        self._counted = True

    def slept(self, pids: Iterable[int]) -> tuple[set[int], set[int]]:
        """Of these: who is at rest and has not run, and who is gone. Who has run is not at rest any more."""
        ran, silent = self._held.reread([-pid for pid in pids if -pid in self._last], self._last, self._path)
        gone = {-key for key, why in silent.items() if why.reason is Reason.GONE}
        woken = {-key for key in (*ran, *silent)}
        still = {pid for pid in pids if -pid in self._last} - woken
        self.wake(woken)
        for pid in still:
            self._held.release(pid)
        return still, gone

    def lay(self, pids: Collection[int]) -> None:
        """These are at rest from now on. What they did before is to be read once more after this."""
        if self._counted:
            self._held.reread([-pid for pid in pids], self._last, self._path)
            if any(self._last.get(-pid, b"").startswith(UNCOUNTED) for pid in pids):
                self._counted = False
                self.wake([-key for key in self._last])

    def wake(self, pids: Iterable[int]) -> None:
        """These are not at rest any more."""
        for pid in pids:
            if self._last.pop(-pid, None) is not None:
                self._held.release(-pid)

    def _path(self, key: int) -> str:
        return f"{self._root}/{-key}/schedstat"
