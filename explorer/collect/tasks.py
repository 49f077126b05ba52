"""The threads of processes as rows of their own, under their process."""

from collections.abc import Iterable

from explorer.collect.rows import row
from explorer.decode.proc.stat import decode
from explorer.model.missing import Missing, Unreadable
from explorer.model.process import TICKS
from explorer.model.snapshot import Process
from explorer.resolve.system import System

SHORTEST = 0.4
"""Seconds that CPU shares are taken over at least: CPU time comes in hundredths of a second."""


class Tasks:
    """Rows of threads, tick after tick. Every thread is read each time: this is for as long as a person wants to see them."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._base: dict[int, tuple[int, int, float]] = {}
        self._rows: dict[int, Process] = {}

    def rows(self, processes: Iterable[Process], now: float) -> dict[int, Process]:
        """By tid, without the leaders, which are their process. A thread's argv is (), its comm the thread's own name; uid, user
        and memory are the process's. One that did not change is the same object as before."""
        base, rows = self._base, self._rows
        self._base, self._rows = {}, {}
        for process in processes:
            if process.threads > 1:
                for tid in self._tids(process.id.pid):
                    self._read(process, tid, now, base.get(tid), rows.get(tid))
        return self._rows

    def _tids(self, pid: int) -> list[int]:
        try:
            return [tid for tid in self._system.proc.numbers(pid, "task") if tid != pid]
        except Unreadable:
            return []

    def _read(self, process: Process, tid: int, now: float, base: tuple[int, int, float] | None, before: Process | None) -> None:
        try:
            stat = decode(self._system.proc.read(process.id.pid, "task", tid, "stat"))
        except Unreadable:
            return
        if isinstance(stat, Missing):
            return
        ticks, cpu = stat.utime + stat.stime, 0.0
        if base is None or base[0] != stat.starttime:
            base = (stat.starttime, ticks, now)
        elif now - base[2] >= SHORTEST:
            cpu = min(100.0, 100 * max(0, ticks - base[1]) / TICKS / (now - base[2]))
            base = (stat.starttime, ticks, now)
        elif before is not None:
            cpu = before.cpu
        fresh = row(self._system, stat, (), process.uid, cpu, process.id.pid)
        self._base[tid] = base
        self._rows[tid] = before if before == fresh and before is not None else fresh


def threads(system: System, processes: Iterable[Process], now: float) -> dict[int, Process]:
    """Once, without CPU shares."""
    return Tasks(system).rows(processes, now)
