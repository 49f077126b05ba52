"""A copy of somebody's regular file, made by child/copy.py in a process of its own: nothing of it can hold us up."""

import os
import select
import signal
from typing import Final, NamedTuple

from explorer.kernel.beside import LEFT, ROOT, reap
from explorer.kernel.errors import unreadable
from explorer.kernel.frames import COPIED
from explorer.kernel.paths import encoded
from explorer.kernel.spawn import spawn

PROGRAM: Final = "import sys; sys.path.insert(0, {!r}); from explorer.child.copy import main; main({!r}, {!r})"
GONE: Final = 4
"""errno of a copier that somebody ended (EINTR)."""


class Told(NamedTuple):
    """letter: r goes on, d done, e broke off, with its errno. offset: so far. size: of the file. written: bytes, without holes."""

    letter: bytes
    error: int
    offset: int
    size: int
    written: int


class Copying:
    """One copy. Not for two threads at once, but stop() may come from any."""

    def __init__(self, path: str, identity: tuple[int, int], target: int) -> None:
        """path: /proc/PID/fd/N. identity: device and inode that it must have. target: where to; the caller closes it. Raises Unreadable."""
        told, life = os.pipe(), os.pipe()
        try:
            self.pid = spawn(PROGRAM.format(ROOT, encoded(path), identity), (target, told[1], life[0]))
        except OSError as error:
            os.close(told[0])
            os.close(life[1])
            raise unreadable(error, "a process that copies") from None
        finally:
            os.close(told[1])
            os.close(life[0])
        self._told, self._life = told[0], life[1]
        self._last = Told(b"r", 0, 0, 0, 0)

    def wait(self, seconds: float) -> Told:
        """How far it is, as soon as there is something new, after so many seconds at the latest."""
        while self._last.letter == b"r" and select.select([self._told], [], [], seconds)[0]:
            raw = os.read(self._told, COPIED.size)
            if len(raw) < COPIED.size:
                self._last = self._last._replace(letter=b"e", error=GONE)
                break
            self._last, seconds = Told(*COPIED.unpack(raw)), 0.0
        return self._last

    def stop(self) -> None:
        """End it; what was written stays. Never waits."""
        if self._life >= 0:
            os.close(self._life)
            self._life = -1
            # The thread that waits reads on: it is told the end there.
            try:
                os.kill(self.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            LEFT.append(self.pid)
            reap()
