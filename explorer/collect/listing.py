"""All processes, once: what `procdive ps` prints."""

import os
from collections.abc import Sequence
from typing import Final

from explorer.collect.hidden import hidden
from explorer.collect.rows import closed, has_no_argv, owner, row, understood
from explorer.decode.proc.cmdline import decode as decode_cmdline
from explorer.decode.proc.stat import Stat
from explorer.kernel.clock import boot_moment, boottime
from explorer.kernel.reader import Ask
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import TICKS
from explorer.model.snapshot import Machine, Process, Snapshot
from explorer.resolve.system import System

LIMIT: Final = 1 << 22
"""Bytes of a command line: more than execve(2) takes (a quarter of the stack's limit, 2 MiB)."""

PATIENCE: Final = 4.0
"""Seconds after which command lines that have not answered are left out, said so in their place."""


def listing(system: System, *, figures: bool = False, pids: Sequence[int] | None = None) -> Snapshot:
    """The processes now; CPU shares are over their whole lives, as ps has them.

    figures: the machine's memory, CPU and load too, which takes psutil; without, only its clock. pids: only these. A process
    that ends meanwhile is not there; nothing else is lost, and nothing raises.
    """
    if figures:
        from explorer.kernel.machine import Figures

        machine = Figures().sample()
    else:
        machine = Machine(os.uname().nodename, boottime(), boot_moment(), (0.0, 0.0, 0.0), 0.0, 0.0, os.cpu_count() or 1, 0, 0, 0, 0)
    taken = boottime()
    stats = {pid: stat_of(system, pid) for pid in (there(system) if pids is None else pids)}
    argvs = command_lines(system, [pid for pid, stat in stats.items() if isinstance(stat, Stat) and not has_no_argv(stat)])
    rows: dict[int, Process] = {}
    for pid, stat in stats.items():
        argv = argvs.get(pid, ())
        if isinstance(stat, Stat):
            if not is_gone(argv):
                age = taken - stat.starttime / TICKS
                rows[pid] = row(system, stat, argv, owner(system, pid), 100 * (stat.utime + stat.stime) / TICKS / age if age > 0 else 0.0)
        elif not is_gone(stat):
            uid = owner(system, pid)
            rows[pid] = closed(pid, stat, uid, system.users.name(uid))
    return Snapshot(rows, machine, taken, {}, (), hidden(system))


def stat_of(system: System, pid: int) -> Stat | Missing:
    """What stat says."""
    try:
        return understood(pid, system.proc.read(pid, "stat"))
    except Unreadable as unreadable:
        return unreadable.missing


def is_gone(fact: object) -> bool:
    """Whether the process ended before this could be read."""
    return isinstance(fact, Missing) and fact.reason is Reason.GONE


def there(system: System) -> list[int]:
    """The pids; none where /proc cannot be read."""
    try:
        return system.proc.numbers()
    except Unreadable:
        return []


def command_lines(system: System, pids: Sequence[int]) -> dict[int, tuple[str, ...] | Missing]:
    """Each process's arguments. One that does not answer costs one deadline of the reader, for PATIENCE seconds in all."""
    found: dict[int, tuple[str, ...] | Missing] = {}
    until, pending = boottime() + PATIENCE, pids
    while pending:
        begun, silent = boottime(), []
        asks = [Ask("r", system.proc.path(pid, "cmdline"), LIMIT) for pid in pending]
        for pid, raw in zip(pending, system.reader.ask(asks), strict=True):
            found[pid] = raw if isinstance(raw, Missing) else decode_cmdline(raw, limit=LIMIT).args
            if isinstance(raw, Missing) and raw.reason is Reason.TIMED_OUT:
                silent.append(pid)
        # Where several hang the reader leaves the others unasked; those known to hang cost nothing the second time.
        if boottime() > until or boottime() - begun < system.reader.deadline:
            break
        pending = silent
    return found
