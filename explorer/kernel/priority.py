"""What the scheduler is told of a thread: nice value, I/O priority, allowed processors. Each of them belongs to a thread, not to a process.

setpriority(2), "C library/kernel differences"; ioprio_set(2); sched_setaffinity(2).
"""

import ctypes
import os
import platform
from collections.abc import Collection
from typing import Final

from explorer.kernel.errors import missing, unreadable
from explorer.model.missing import Unreadable

IOPRIO: Final = {"x86_64": (251, 252), "aarch64": (30, 31)}
"""ioprio_set and ioprio_get: glibc has no function for them (arch/x86/entry/syscalls/syscall_64.tbl, asm-generic/unistd.h)."""

WHO_PROCESS: Final = 1
CLASS_SHIFT: Final = 13


def set_nice(tid: int, nice: int) -> None:
    """The nice value of one thread, -20 (most) to 19. Raises Unreadable: DENIED without CAP_SYS_NICE where it lowers it."""
    try:
        os.setpriority(os.PRIO_PROCESS, tid, nice)
    except OSError as error:
        raise unreadable(error, f"nice {nice} of {tid}") from None


def set_affinity(tid: int, cpus: Collection[int]) -> None:
    """The processors that one thread may run on. Raises Unreadable: UNSUPPORTED (EINVAL) where its cpuset allows none of them."""
    try:
        os.sched_setaffinity(tid, cpus)
    except OSError as error:
        raise unreadable(error, f"processors of {tid}") from None
    except (ValueError, OverflowError):
        raise Unreadable(missing(22, f"processors of {tid}")) from None


def affinity(tid: int) -> frozenset[int]:
    """The processors that one thread may run on. Raises Unreadable."""
    try:
        return frozenset(os.sched_getaffinity(tid))
    except OSError as error:
        raise unreadable(error, f"processors of {tid}") from None


def set_ioprio(tid: int, kind: int, level: int) -> None:
    """The I/O priority of one thread: class 0 none, 1 realtime, 2 best-effort, 3 idle; level 0 (most) to 7. Raises Unreadable."""
    _ioprio(0, tid, f"I/O priority of {tid}", kind << CLASS_SHIFT | level)


def ioprio(tid: int) -> tuple[int, int]:
    """The class and level of one thread's I/O priority. Raises Unreadable."""
    value = _ioprio(1, tid, f"I/O priority of {tid}")
    return value >> CLASS_SHIFT, value & 7


def _ioprio(which: int, tid: int, what: str, value: int = 0) -> int:
    numbers = IOPRIO.get(platform.machine())
    if numbers is None:
        raise Unreadable(missing(38, what))
    libc = ctypes.CDLL(None, use_errno=True)
    result = int(libc.syscall(numbers[which], WHO_PROCESS, tid, value))
    if result < 0:
        raise Unreadable(missing(ctypes.get_errno(), what))
    return result
