"""Resource limits, and what is used of each."""

from typing import Final

from explorer.collect.status import status
from explorer.decode.proc.limits import decode
from explorer.model.limits import Limit, Used
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import TICKS, ProcessId
from explorer.model.status import Status
from explorer.resolve.place import Place, place
from explorer.resolve.system import System

MEMORY: Final = {
    "Max data size": "VmData",
    "Max stack size": "VmStk",
    "Max resident set": "VmRSS",
    "Max locked memory": "VmLck",
    "Max address space": "VmSize",
}
NOTES: Final = {
    "Max resident set": "the kernel no longer keeps to it",
    "Max file locks": "the kernel no longer keeps to it",
    "Max stack size": "of the first thread",
    "Max processes": "threads of its real user in all",
    "Max pending signals": "queued for its real user in all",
    "Max file size": "of each file that it writes",
    "Max core file size": "of a core dump",
    "Max msgqueue size": "of its real user in all",
    "Max realtime timeout": "without a blocking call",
}
UNCOUNTED: Final = Missing(Reason.UNSUPPORTED, "the kernel tells no figure")


def limits(system: System, process: ProcessId | int) -> tuple[Used, ...] | Missing:
    """In the kernel's order. Missing where the process is gone. Reads the status of every process, to count a user's threads."""
    at = place(system, process)
    if isinstance(at, Missing):
        return at
    try:
        found = decode(system.proc.read(at.path, "limits"))
    except Unreadable as unreadable:
        return unreadable.missing
    known = status(system, at)
    return tuple(used(system, at, known, limit) for limit in found)


def used(system: System, at: Place, known: Status | Missing, limit: Limit) -> Used:
    """One limit with the use beside it."""
    name, note = limit.name, NOTES.get(limit.name, "")
    if name == "Max cpu time":
        return Used(limit, (at.stat.utime + at.stat.stime) // TICKS, note)
    if name == "Max realtime priority":
        return Used(limit, at.stat.rt_priority, note)
    if name == "Max nice priority":
        lowest = "any" if limit.soft is None else f"{max(-20, min(19, 20 - limit.soft))}"
        return Used(limit, UNCOUNTED, f"its nice value is {at.stat.nice}; without privilege it may lower it to {lowest}")
    if name == "Max open files":
        return open_files(system, at, limit)
    if isinstance(known, Missing):
        return Used(limit, known, note)
    if name in MEMORY:
        key = MEMORY[name]
        return Used(limit, known.memory.get(key, Missing(Reason.UNSUPPORTED, f"status has no {key}")), note)
    if name == "Max pending signals":
        return Used(limit, known.sigq if isinstance(known.sigq, Missing) else known.sigq[0], note)
    if name == "Max processes":
        return Used(limit, known.uid if isinstance(known.uid, Missing) else tasks_of(system, known.uid[0]), note)
    return Used(limit, UNCOUNTED, note)


def open_files(system: System, at: Place, limit: Limit) -> Used:
    """How many are open; the limit is one more than the highest number that one may have (getrlimit(2))."""
    try:
        numbers = system.proc.numbers(at.path, "fd")
    except Unreadable as unreadable:
        return Used(limit, unreadable.missing)
    return Used(limit, len(numbers), f"the highest is number {numbers[-1]}" if numbers else "")


def tasks_of(system: System, uid: int) -> int | Missing:
    """Threads of all processes with this real uid: what RLIMIT_NPROC is compared with (getrlimit(2))."""
    try:
        pids = system.proc.numbers()
    except Unreadable as unreadable:
        return unreadable.missing
    count, wanted = 0, b"\nUid:\t%d\t" % uid
    for pid in pids:
        try:
            raw = system.proc.read(pid, "status")
        except Unreadable:
            continue
        # Without decoding them: there may be ten thousand.
        if wanted in raw and b"\nKthread:\t1\n" not in raw:
            threads = raw.partition(b"\nThreads:\t")[2].partition(b"\n")[0]
            count += int(threads) if threads.isdigit() else 0
    return count
