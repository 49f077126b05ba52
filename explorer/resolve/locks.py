"""Who waits for which lock, and for whom: fdinfo has only those that are held; /proc/locks has both, by inode."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from explorer.decode.fd.path import Lock
from explorer.decode.proc.locks import FileLock, decode
from explorer.kernel.procfs import Procfs
from explorer.model.endpoints import Holder
from explorer.model.missing import Unreadable
from explorer.resolve.comm import comm

AGE: Final = 0.8
SHARE: Final = 20
"""Where there are very many locks they are read again after so many times as long as reading them takes."""


class Locks:
    """One reading serves everybody for AGE seconds. Safe to share between threads."""

    def __init__(self, proc: Procfs, clock: Callable[[], float] = time.monotonic) -> None:
        self._proc = proc
        self._clock = clock
        self._lock = threading.Lock()
        self._until = float("-inf")
        self._known: Mapping[int, list[FileLock]] = {}

    def by_inode(self) -> Mapping[int, Sequence[FileLock]]:
        """Inode → its locks, asked for and granted, of whatever file system; empty where /proc/locks may not be read."""
        with self._lock:
            start = self._clock()
            if start >= self._until:
                self._known = self._read()
                end = self._clock()
                self._until = end + max(AGE, SHARE * (end - start))
            return self._known

    def _read(self) -> dict[int, list[FileLock]]:
        try:
            locks = decode(self._proc.read("locks"))
        except Unreadable:
            return {}
        found: dict[int, list[FileLock]] = {}
        for lock in locks:
            found.setdefault(lock.inode, []).append(lock)
        return found

    def of(self, pid: int, device: tuple[int, int], inode: int, held: Iterable[Lock]) -> tuple[Lock, ...]:
        """held: those that fdinfo has. Each with who waits for it; then those that its process waits for, with who has them.

        These are shown at all descriptors of the process for that file: through which one it asked is not known, nor who waits for an
        OFDLCK.
        """
        here = [lock for lock in self.by_inode().get(inode, ()) if lock.device == device]
        waited: dict[int, list[FileLock]] = {}
        granted: dict[int, list[FileLock]] = {}
        for lock in here:
            (waited if lock.waits else granted).setdefault(lock.number, []).append(lock)
        numbers = {key(lock): number for number, locks in granted.items() for lock in locks}
        out = [replace(lock, waiting=self._people(waited.get(numbers.get(key(lock), 0), ()))) for lock in held]
        for number, locks in waited.items():
            for lock in locks:
                if lock.pid == pid:
                    owners = self._people(granted.get(number, ()))
                    out.append(Lock(lock.type, lock.mode, lock.access, pid, lock.start, lock.end, waits=True, held_by=owners))
        return tuple(out)

    def _people(self, locks: Iterable[FileLock]) -> tuple[Holder, ...]:
        pids = dict.fromkeys(lock.pid for lock in locks if lock.pid > 0)
        return tuple(Holder(pid, -1, comm(self._proc, pid)) for pid in pids)


def key(lock: Lock | FileLock) -> tuple[object, ...]:
    """What fdinfo and /proc/locks say alike of a lock; those that wait for it share its number, which only the latter has."""
    return lock.type, lock.access, lock.pid, lock.start, lock.end
