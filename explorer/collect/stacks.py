"""Every thread of a process: where it is, since when, and what it waits for."""

import time
from collections.abc import Collection
from typing import Final

from explorer.collect.glance import PATIENCE, Glance
from explorer.collect.samples import Samples, gone, samples_of
from explorer.collect.thread import later, thread
from explorer.decode.proc.stat import decode as decode_stat
from explorer.kernel.clock import boottime
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.model.stack import Doing, Stacks, Thread
from explorer.resolve.system import System

BUDGET: Final = 0.2
"""Seconds that one refresh of a screen may take; threads that do not fit keep what was last read of them."""
PATIENT: Final = 5.0
"""Seconds for finding who holds the other ends, where nobody waits for the next refresh."""
FOREVER: Final = float("inf")


def stacks(
    system: System,
    process: ProcessId | int,
    samples: Samples | None = None,
    *,
    earlier: Stacks | None = None,
    visible: Collection[int] = (),
    budget: float = FOREVER,
) -> Stacks | Missing:
    """The threads, blocked ones first, then running, then by how long.

    earlier: of the last refresh, of the same process or another. visible: thread ids read first, and read whole: of the
    others those that have not moved keep for some seconds what was found out then. budget: seconds after which no further
    thread is read; each refresh goes on where the last one stopped. Missing where the process is gone, or
    its pid is another process now.
    """
    samples = samples or samples_of(system)
    pid = process if isinstance(process, int) else process.pid
    try:
        stat = decode_stat(system.proc.read(pid, "stat"))
    except Unreadable as unreadable:
        return gone(pid) if unreadable.missing.reason is Reason.GONE else unreadable.missing
    if isinstance(stat, Missing):
        return stat
    identity = ProcessId(pid, stat.starttime)
    if not isinstance(process, int) and identity != process:
        return gone(pid)
    end = time.monotonic() + budget
    glance = Glance(system, pid, PATIENT if budget == FOREVER else PATIENCE)
    if not glance.tids:
        return gone(pid)
    known = {one.tid: one for one in earlier.threads} if earlier is not None and earlier.process == identity else {}
    samples.forget(identity, frozenset(glance.tids))
    found: dict[int, Thread | None] = {}
    shown = frozenset(visible)
    for tid in in_turn(glance.tids, known, shown):
        if time.monotonic() >= end and found:
            break
        seen = samples.look(system, identity, tid)
        if isinstance(seen, Missing):
            found[tid] = None
            continue
        kept = later(known[tid], seen) if tid in known and tid not in shown else None
        made = kept or thread(glance, seen)
        found[tid] = None if isinstance(made, Missing) else made
    looked = sum(one is not None for one in found.values())
    unread = {tid: known.get(tid) or Thread(tid, "", "") for tid in glance.tids if tid not in found}
    taken = boottime()
    every = [one for one in (*found.values(), *unread.values()) if one is not None]
    return Stacks(identity, stat.comm, tuple(sorted(every, key=lambda one: order(one, taken))), looked, taken)


def in_turn(tids: tuple[int, ...], known: dict[int, Thread], shown: frozenset[int]) -> list[int]:
    """Visible ones first, then those that were looked at longest ago."""
    return sorted(tids, key=lambda tid: (tid not in shown, known[tid].looked if tid in known else 0.0, tid))


RECENT: Final = 2.0
"""Seconds within which a wait counts as just begun: those keep the order of their ids, so that rows do not dance."""


def order(one: Thread, taken: float) -> tuple[int, float, int]:
    """Blocked in the kernel, then running, then the others by how long, at last what is not read yet and what has ended."""
    if one.doing is Doing.UNREAD:
        return 3, 0.0, one.tid
    if one.doing is Doing.ENDED:
        return 4, 0.0, one.tid
    if one.runs:
        return 1, -round((one.cpu or 0.0) / 10), one.tid
    return 0 if one.state == "D" else 2, min(one.since, taken - RECENT), one.tid
