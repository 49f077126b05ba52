"""Children that are born while somebody makes a list of their parents, and attaches to these one after the other."""

import os
from collections.abc import Collection

from explorer.decode.proc import stat
from explorer.kernel.clock import boottime
from explorer.kernel.procfs import Procfs
from explorer.model.missing import Missing, Unreadable
from explorer.model.process import ProcessId


def now() -> int:
    """In clock ticks since the machine started, as start times are."""
    return int(boottime() * os.sysconf("SC_CLK_TCK"))


def late(proc: Procfs, parents: Collection[int], since: int) -> list[ProcessId]:
    """Children of these processes that are none of them, and were born at `since` or later (clock ticks since the machine started).

    Whoever follows the births of all parents already, and asks until there are no more, misses none. Never raises.
    """
    found = []
    try:
        pids = proc.numbers()
    except Unreadable:
        return []
    for pid in pids:
        if pid in parents:
            continue
        try:
            told = stat.decode(proc.read(pid, "stat"))
        except Unreadable:
            continue
        if not isinstance(told, Missing) and told.ppid in parents and told.starttime >= since:
            found.append(ProcessId(pid, told.starttime))
    return found
