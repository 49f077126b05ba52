"""The only changes to other processes: signal, nice value, I/O priority, allowed processors.

Each takes a ProcessId, holds the process by a pidfd and compares its start time before it does anything, so a pid that
was used again is never hit. What belongs to threads is set for every thread of the process (renice(1) and taskset(1)
change its first thread only). None: it is done. Missing: it is not, why, and who could.
"""

import os
from collections.abc import Callable, Collection
from typing import Final

from explorer.decode.proc.stat import decode
from explorer.kernel import priority
from explorer.kernel.pidfd import Pidfd
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.resolve.system import System

ROUNDS: Final = 5
"""How often the list of threads is read again, for those that were started meanwhile."""


def send(system: System, process: ProcessId, number: int) -> Missing | None:
    """Send a signal to a process; pidfd_send_signal(2)."""
    try:
        with Pidfd(process.pid) as held:
            _same(system, process)
            held.send(number)
    except Unreadable as error:
        return _words(system, process, error.missing, "CAP_KILL")
    return None


def renice(system: System, process: ProcessId, nice: int) -> Missing | None:
    """Set the nice value, -20 to 19, of all its threads."""
    return _each_thread(system, process, lambda tid: priority.set_nice(tid, nice))


def set_ioprio(system: System, process: ProcessId, kind: int, level: int) -> Missing | None:
    """Set the I/O class (0 none, 1 realtime, 2 best-effort, 3 idle) and level (0 to 7) of all its threads; ioprio_set(2)."""
    return _each_thread(system, process, lambda tid: priority.set_ioprio(tid, kind, level))


def set_affinity(system: System, process: ProcessId, cpus: Collection[int]) -> Missing | None:
    """Set the processors that all its threads may run on; sched_setaffinity(2)."""
    return _each_thread(system, process, lambda tid: priority.set_affinity(tid, cpus))


def _each_thread(system: System, process: ProcessId, change: Callable[[int], None]) -> Missing | None:
    done: set[int] = set()
    try:
        with Pidfd(process.pid):
            _same(system, process)
            for _ in range(ROUNDS):
                new = set(system.proc.numbers(process.pid, "task")) - done
                if not new:
                    break
                for tid in sorted(new):
                    _change(change, tid, leader=tid == process.pid)
                done |= new
            _same(system, process)
    except Unreadable as error:
        return _words(system, process, error.missing, "CAP_SYS_NICE")
    return None


def _change(change: Callable[[int], None], tid: int, *, leader: bool) -> None:
    try:
        change(tid)
    except Unreadable as error:
        if leader or error.missing.reason is not Reason.GONE:
            raise


def _same(system: System, process: ProcessId) -> None:
    """Raises Unreadable unless the pid still means this process."""
    found = decode(system.proc.read(process.pid, "stat"))
    if isinstance(found, Missing):
        raise Unreadable(found)
    if found.starttime != process.start:
        raise Unreadable(Missing(Reason.GONE, f"{process.pid} is another process by now"))


def _words(system: System, process: ProcessId, why: Missing, capability: str) -> Missing:
    if why.reason is not Reason.DENIED:
        return why
    try:
        owner = system.proc.owner(process.pid)
    except Unreadable:
        return why
    if owner == os.geteuid():
        return Missing(why.reason, why.detail, f"root may ({capability})")
    return Missing(why.reason, why.detail, "root may" if owner == 0 else f"root may, or {system.users.name(owner)}, whose process it is")
