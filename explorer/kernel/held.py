"""Files of /proc kept open, so that reading one again costs one pread, a third of opening, reading and closing it.

A descriptor of /proc/PID belongs to that process, not to the pid: when the process is gone it says ESRCH, even if the pid
is used again (fs/proc/base.c, proc_single_show).
"""

import fcntl
import os
import resource
from collections.abc import Callable, Iterable
from typing import Final

from explorer.kernel.errors import missing
from explorer.model.missing import Missing

ROOM: Final = 1024
"""Descriptors that are left to everything else in this program."""

MOST: Final = 16384
"""An open file of this kind costs the kernel some 5 KB: the page that seq_file keeps, inode, dentry, file."""

SIZE: Final = 2048
"""More than /proc/PID/stat can be: 52 numbers and a comm."""


class Held:
    """One open file a key. Where the limit of descriptors is reached, files are opened for each read."""

    def __init__(self, most: int | None = None) -> None:
        self._fds: dict[int, int] = {}
        self._lowest, self._most = room() if most is None else (0, most)

    def reread(
        self, keys: Iterable[int], last: dict[int, bytes], path: Callable[[int], str], hold: bool = True, size: int = SIZE
    ) -> tuple[list[int], dict[int, Missing]]:
        """Read many again: the keys whose bytes are not those in `last` (which then has them), and the keys that did not answer.

        hold: keep open what is not yet. size: bytes that are read. This is the inner loop of the process table.
        """
        fds, pread = self._fds, os.pread
        changed: list[int] = []
        silent: dict[int, Missing] = {}
        for key in keys:
            try:
                raw = pread(fds[key], size, 0) if key in fds else self._first(path(key), key if hold else None)
            except OSError as error:
                silent[key] = missing(error.errno or 0, path(key))
                continue
            if raw != last.get(key):
                last[key] = raw
                changed.append(key)
        return changed, silent

    def release(self, key: int) -> None:
        """Close what is held as `key`, if anything."""
        fd = self._fds.pop(key, None)
        if fd is not None:
            os.close(fd)

    def close(self) -> None:
        """Close everything."""
        for key in list(self._fds):
            self.release(key)

    def _first(self, path: str, key: int | None) -> bytes:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            raw = os.pread(fd, SIZE, 0)
        except OSError:
            os.close(fd)
            raise
        if key is not None and len(self._fds) < self._most:
            self._keep(key, fd)
        else:
            os.close(fd)
        return raw

    def _keep(self, key: int, fd: int) -> None:
        """Hold it at a high number: low ones are for code that cannot select(2) on others."""
        if self._lowest > fd:
            try:
                high = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, self._lowest)
            except OSError:
                # None left: fewer from now on.
                self._most = len(self._fds)
                os.close(fd)
                return
            os.close(fd)
            fd = high
        self._fds[key] = fd


def room() -> tuple[int, int]:
    """The lowest number for held descriptors, and how many there may be; raises the soft limit as far as needed (setrlimit(2))."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ROOM + MOST if hard == resource.RLIM_INFINITY else min(ROOM + MOST, hard)
    if soft == resource.RLIM_INFINITY or soft > wanted:
        soft = wanted
    elif soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
        except (OSError, ValueError):
            pass
    lowest = min(ROOM, soft // 2)
    return lowest, min(MOST, max(0, soft - lowest))
