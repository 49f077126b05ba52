"""A copy of what a descriptor leads to, with or without a name."""

import errno
import os
import time
from collections.abc import Callable
from typing import Final

from explorer.kernel.copying import Copying
from explorer.kernel.errors import missing
from explorer.model.copied import Copied
from explorer.model.missing import Missing, Reason
from explorer.model.peek import Peeked
from explorer.resolve.system import System

WAIT: Final = 0.25
"""Seconds until the next word about how far it is, at the most."""
WHY: Final = {
    errno.ENOSPC: Missing(Reason.UNSUPPORTED, "no room left for it there", "give a place on another disk"),
    errno.EDQUOT: Missing(Reason.UNSUPPORTED, "the quota there is used up", "give a place on another disk"),
    errno.EFBIG: Missing(Reason.UNSUPPORTED, "it is larger than a file may be there (ulimit -f, or the file system)"),
    errno.ESTALE: Missing(Reason.GONE, "the descriptor is another file by now"),
    errno.EMEDIUMTYPE: Missing(Reason.UNSUPPORTED, "it is no regular file any more"),
    errno.ENOTSUP: Missing(Reason.UNSUPPORTED, "the kernel makes this file up as it is read"),
    errno.EBUSY: Missing(Reason.UNSUPPORTED, "somebody has a lease for writing on it"),
    errno.EINTR: Missing(Reason.UNSUPPORTED, "the process that copied was ended"),
}


class Copy:
    """Of a file that was looked at. For one thread; stop() may come from any."""

    def __init__(
        self, system: System, pid: int, look: Peeked, place: str, target: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """place, target: the new file's path and descriptor, which is ours from now on. Raises Unreadable."""
        self._place = place
        self._size = look.size
        self._clock = clock
        self._begun = clock()
        try:
            self._copying = Copying(system.proc.path(pid, "fd", look.number), look.identity, target)
        finally:
            os.close(target)

    def step(self) -> Copied:
        """How far it is. Blocks for WAIT at most; never raises."""
        told = self._copying.wait(WAIT)
        took = max(1e-3, self._clock() - self._begun)
        size, rate = told.size or self._size, told.written / took
        if told.letter == b"e":
            why = WHY.get(told.error) or missing(told.error, "it broke off")
            return Copied(self._place, told.offset, size, told.written, rate, done=True, why=why)
        done = told.letter == b"d"
        return Copied(self._place, told.offset, size, told.written, rate, done, max(0, size - told.offset) if done else 0)

    def stop(self) -> None:
        """End it; what was written stays."""
        self._copying.stop()
