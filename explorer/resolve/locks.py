"""Who waits for which lock, and for whom: fdinfo has only those that are held; /proc/locks has both, by inode."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from explorer.decode.fd.path import Lock
from explorer.decode.proc.locks import FileLock, decode
from explorer.kernel.procfs import Procfs
from explorer.model.endpoints import Holder
from explorer.model.missing import Unreadable
from explorer.resolve.comm import comm

AGE: Final = 0.8


class Locks:
    """One reading serves everybody for AGE seconds. Safe to share between threads."""

    def __init__(self, proc: Procfs, clock: Callable[[], float] = time.monotonic) -> None:
        self._proc = proc
        self._clock = clock
        self._lock = threading.Lock()
        self._taken = float("-inf")
        self._known: Mapping[int, tuple[FileLock, ...]] = {}

    def by_inode(self) -> Mapping[int, tuple[FileLock, ...]]:
        """Inode → its locks, asked for and granted, of whatever file system; empty where /proc/locks may not be read."""
        with self._lock:
            now = self._clock()
            if now - self._taken >= AGE:
                self._taken, self._known = now, self._read()
            return self._known

    def _read(self) -> dict[int, tuple[FileLock, ...]]:
        try:
            locks = decode(self._proc.read("locks"))
        except Unreadable:
            return {}
        found: dict[int, tuple[FileLock, ...]] = {}
        for lock in locks:
            found[lock.inode] = (*found.get(lock.inode, ()), lock)
        return found

    def of(self, pid: int, device: tuple[int, int], inode: int, held: Iterable[Lock]) -> tuple[Lock, ...]:
        """held: those that fdinfo has. Each with who waits for it; then those that its process waits for, with who has them.

        These are shown at all descriptors of the process for that file: through which one it asked is not known, nor who waits for an
        OFDLCK.
        """
        here = [lock for lock in self.by_inode().get(inode, ()) if lock.device == device]
        waited: dict[int, list[FileLock]] = {}
        for lock in here:
            if lock.waits:
                waited.setdefault(lock.number, []).append(lock)
        out = [replace(lock, waiting=self._people(waited.get(number_of(lock, here), ()))) for lock in held]
        for lock in (lock for locks in waited.values() for lock in locks if lock.pid == pid):
            owners = self._people(other for other in here if other.number == lock.number and not other.waits)
            out.append(Lock(lock.type, lock.mode, lock.access, pid, lock.start, lock.end, waits=True, held_by=owners))
        return tuple(out)

    def _people(self, locks: Iterable[FileLock]) -> tuple[Holder, ...]:
        pids = dict.fromkeys(lock.pid for lock in locks if lock.pid > 0)
        return tuple(Holder(pid, -1, comm(self._proc, pid)) for pid in pids)


def number_of(lock: Lock, among: Iterable[FileLock]) -> int:
    """The number that a lock of fdinfo has in /proc/locks, which those that wait for it share; 0 where it is not there."""
    same = (
        other.number
        for other in among
        if not other.waits
        and (other.type, other.access, other.start, other.end) == (lock.type, lock.access, lock.start, lock.end)
        and other.pid == lock.pid
    )
    return next(same, 0)
