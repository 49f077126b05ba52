"""How fast positions move from listing to listing, of many processes: what `procdive fds -r` tells."""

import time
from collections.abc import Callable, Iterable

from explorer.collect.positions import IN_BYTES, Positions
from explorer.model.fd import Fd
from explorer.model.progress import Progress


class Advance:
    """Keeps the files of each listing until the next."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: dict[int, tuple[float, dict[int, Fd], Positions]] = {}

    def take(self, pid: int, fds: Iterable[Fd]) -> dict[int, Progress]:
        """The progress of those that moved since the last listing of that process, by number; nothing at the first."""
        now = self._clock()
        then, before, positions = self._last.get(pid, (now, {}, Positions()))
        files = {fd.number: fd for fd in fds if fd.kind in IN_BYTES}
        found: dict[int, Progress] = {}
        for number in before.keys() - files.keys():
            positions.forget(number)
        for number, fd in files.items():
            old = before.get(number)
            if old is not None and old.identity != fd.identity:
                positions.forget(number)
                old = None
            positions.take(fd, now, old, then)
            if (progress := positions.progress(fd)) is not None:
                found[number] = progress
        self._last[pid] = (now, files, positions)
        return found
