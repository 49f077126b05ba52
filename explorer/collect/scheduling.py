"""What the scheduler was told of a process (its first thread), and which processors there are."""

from explorer.kernel import priority
from explorer.model.missing import Missing, Unreadable
from explorer.resolve.system import System


def ioprio(pid: int) -> tuple[int, int] | Missing:
    """I/O class (0 none, 1 realtime, 2 best-effort, 3 idle) and level, 0 (first) to 7; ioprio_get(2)."""
    try:
        return priority.ioprio(pid)
    except Unreadable as error:
        return error.missing


def affinity(pid: int) -> frozenset[int] | Missing:
    """The processors that it may run on; sched_getaffinity(2)."""
    try:
        return priority.affinity(pid)
    except Unreadable as error:
        return error.missing


def processors(system: System) -> tuple[int, ...] | Missing:
    """The processors that are online, by number: the cpuN lines of /proc/stat (proc_stat(5))."""
    try:
        lines = system.proc.read("stat").splitlines()
    except Unreadable as error:
        return error.missing
    words = [line.split(b" ", 1)[0] for line in lines if line.startswith(b"cpu")]
    return tuple(int(word[3:]) for word in words if word[3:].isdigit())
