"""Becoming the tracer of all threads of some processes, or of none."""

import errno
import os
import time
from collections.abc import Iterable
from typing import Final, NamedTuple

from explorer.child.tracer.tracee import process_of, start_of, state_of, tracer_of
from explorer.kernel import ptrace
from explorer.kernel.procfs import Procfs
from explorer.trace.late import late

STALE = -1
"""Instead of an errno: the pid is another process's by now."""


TRIES: Final = 25
PAUSE: Final = 0.002
"""Seconds between two tries."""


class Failed(NamedTuple):
    """Who could not be attached to, and why (errno, or STALE)."""

    pid: int
    tid: int
    error: int


def seize(targets: Iterable[tuple[int, int]]) -> dict[int, int] | Failed:
    """Seize every thread of each (pid, start), those born meanwhile too: thread → pid. They run on.

    On failure those that were seized are ours until we end. Threads and processes born of a seized thread are seized by
    the kernel (TRACECLONE), the first stop of each is its own to report.
    """
    found: dict[int, int] = {}
    us = os.getpid()
    for pid, start in targets:
        failed = process(pid, start, found, us)
        if failed is not None:
            return failed
    return found


def seize_late(found: dict[int, int], since: int | None) -> None:
    """Those too that were born while the targets were listed (trace/late.py), as far as they let us. None: nobody."""
    proc, asked = Procfs(), set[int]()
    while since is not None and (more := late(proc, {*found.values(), *asked}, since)):
        for child in more:
            asked.add(child.pid)
            process(child.pid, child.start, found, os.getpid())


def process(pid: int, start: int, found: dict[int, int], us: int) -> Failed | None:
    """One process: what of it was seized goes into found.

    While one of its threads calls execve, the first can be dead for a moment, and another one can be the first after we have
    seized it: then we begin again.
    """
    failed = None
    for _ in range(TRIES):
        failed = once(pid, start, found, us)
        if failed is None and (tracer_of(pid) or state_of(pid) in {"Z", "X", ""}):
            return None
        if failed is not None and (failed.error not in {errno.EPERM, errno.ESRCH} or tracer_of(failed.tid) or start_of(pid) != start):
            return failed
        time.sleep(PAUSE)
    return failed or Failed(pid, pid, errno.ESRCH)


def once(pid: int, start: int, found: dict[int, int], us: int) -> Failed | None:
    """One process, as long as none of its threads calls execve."""
    leader = one(pid, us)
    dead_leader = leader == errno.EPERM and state_of(pid) == "Z" and len(threads(pid)) > 1
    if leader and not dead_leader:
        return Failed(pid, pid, leader)
    # Whom we hold cannot be replaced by another: now the comparison means something.
    if start_of(pid) != start:
        return Failed(pid, pid, STALE)
    if not leader:
        found[pid] = pid
    more = True
    while more:
        more = False
        for tid in threads(pid):
            if tid in found or tid == pid:
                continue
            error = one(tid, us)
            if not error:
                found[tid] = pid
                more = True
            elif error != errno.ESRCH and state_of(tid) not in {"Z", "X", ""}:
                return Failed(pid, tid, error)
    return None if any(owner == pid for owner in found.values()) else Failed(pid, pid, errno.ESRCH)


def one(tid: int, us: int) -> int:
    """Seize a thread; 0 or an errno. One that is ours already, by birth, is no failure."""
    error = ptrace.seize(tid)
    if error and (tracer := tracer_of(tid)) and process_of(tracer) == us:
        return 0
    return error


def threads(pid: int) -> list[int]:
    """Its threads now; none where it is gone."""
    try:
        return [int(name) for name in os.listdir(f"/proc/{pid}/task")]
    except OSError:
        return []
