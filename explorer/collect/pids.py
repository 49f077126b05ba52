"""Which processes there are; a folder of ten thousand is read only when something was started or ended."""

from typing import Final

from explorer.decode.proc.loadavg import decode
from explorer.model.missing import Unreadable
from explorer.resolve.system import System

BELIEVED: Final = 3.0
"""Seconds after which the folder is read in any case: a pid may be chosen (clone3 set_tid), which moves no counter."""


class Pids:
    """The pids of /proc, tick after tick.

    Reading the folder costs 1.2 µs a process. /proc/loadavg tells the last pid given and how many threads there are
    (fs/proc/loadavg.c): while both stand still nothing was born, and nothing was reaped.
    """

    def __init__(self, system: System) -> None:
        self._system = system
        self._seen: tuple[int, int] | None = None
        self._when = 0.0

    def changed(self, now: float) -> set[int] | None:
        """The pids, or None where they are the same as at the last call that told them. An unreadable /proc has none."""
        # First, so that what is born while the folder is read shows the next time.
        seen = self._counters()
        if seen is not None and seen == self._seen and now - self._when < BELIEVED:
            return None
        self._seen, self._when = seen, now
        try:
            return {int(name) for name in self._system.proc.names() if name.isdigit() and name.isascii()}
        except Unreadable:
            return set()

    def _counters(self) -> tuple[int, int] | None:
        try:
            figures = decode(self._system.proc.read("loadavg"))
        except Unreadable:
            return None
        return (figures.last_pid, figures.tasks) if figures.last_pid else None
