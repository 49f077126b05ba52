"""kcmp(2): whether two descriptors are the same open file, position and flags and all."""

import ctypes
import os
import platform
from functools import cache
from typing import Any, Final

from explorer.kernel.errors import missing, unreadable
from explorer.model.missing import Unreadable

NUMBERS: Final = {"x86_64": 312, "aarch64": 272}
"""glibc has no function for it (arch/x86/entry/syscalls/syscall_64.tbl, asm-generic/unistd.h)."""
KCMP_FILE: Final = 0
ENOSYS: Final = 38


@cache
def libc() -> Any:
    """Loaded once."""
    return ctypes.CDLL(None, use_errno=True)


def same_file(pid: int, fd: int, other: int, other_fd: int) -> bool:
    """Never blocks. Raises Unreadable: DENIED without the right to look into both, UNSUPPORTED in a kernel without CONFIG_KCMP."""
    what = f"whether {pid} and {other} share it (kcmp)"
    number = NUMBERS.get(platform.machine())
    if number is None:
        raise Unreadable(missing(ENOSYS, what))
    found = libc().syscall(number, pid, other, KCMP_FILE, ctypes.c_ulong(fd), ctypes.c_ulong(other_fd))
    if found < 0:
        raise unreadable(OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno())), what)
    return bool(found == 0)
