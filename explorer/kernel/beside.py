"""A reader process that runs beside us: started, talked to without ever blocking on a full pipe, thrown away."""

import os
import select
import signal
import threading
import time
from collections.abc import Iterator
from typing import Final

from explorer.kernel.frames import ANSWER
from explorer.kernel.spawn import spawn

ROOT: Final = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM: Final = f"import sys; sys.path.insert(0, {ROOT!r}); from explorer.child.reader import main; main()"
CHUNK: Final = 1 << 20

LEFT: Final[list[int]] = []
"""Pids of readers that no signal reaches yet (uninterruptible sleep); reaped when they end at last."""
_REAPING: Final = threading.Lock()


class Late(Exception):
    """The child did not answer before the deadline, or was interrupted."""


class Gone(Exception):
    """The child ended, by no doing of ours."""


class Beside:
    """One child/reader.py. Not for two threads at once, but interrupt() may come from any. Raises OSError where none can be started."""

    def __init__(self) -> None:
        reap()
        pipes: list[int] = []
        try:
            for _ in range(4):
                pipes += os.pipe()
            requests, self._in, self._out, replies, life, self._life, self._woken, self._wake = pipes
            self.pid = spawn(PROGRAM, (requests, replies, life))
        except OSError:
            for fd in pipes:
                os.close(fd)
            raise
        for fd in (requests, replies, life):
            os.close(fd)
        # _life closes when we die, however we die: the child then ends even in the middle of a read.
        os.set_blocking(self._in, False)
        self._guard = threading.Lock()
        self._held = bytearray()

    def answers(self, requests: bytes, count: int, deadline: float) -> Iterator[tuple[int, bytes]]:
        """errno and data of each of `count` requests, in order. The deadline (seconds) starts anew with each sign of life.

        Raises Late or Gone; the child is to be thrown away then.
        """
        rest = memoryview(requests)
        for _ in range(count):
            until = time.monotonic() + deadline
            while len(self._held) < self._needed():
                rest, alive = self._exchange(rest, until)
                if alive:
                    until = time.monotonic() + deadline
            error, size = ANSWER.unpack_from(self._held)
            data = bytes(memoryview(self._held)[ANSWER.size : ANSWER.size + size])
            del self._held[: ANSWER.size + size]
            yield error, data

    def _needed(self) -> int:
        return ANSWER.size + (ANSWER.unpack_from(self._held)[1] if len(self._held) >= ANSWER.size else 0)

    def _exchange(self, rest: memoryview, until: float) -> tuple[memoryview, bool]:
        """Write what the pipe takes, read what has come; what is left to write, and whether anything was read."""
        poll = select.poll()
        poll.register(self._out, select.POLLIN)
        poll.register(self._woken, select.POLLIN)
        if rest:
            poll.register(self._in, select.POLLOUT)
        ready = dict(poll.poll(max(0.0, until - time.monotonic()) * 1000))
        if not ready or self._woken in ready:
            raise Late
        try:
            if self._in in ready:
                rest = rest[os.write(self._in, rest[:CHUNK]) :]
            if self._out in ready:
                more = os.read(self._out, CHUNK)
                if not more:
                    raise Gone
                self._held += more
        except BlockingIOError:
            pass
        except OSError:
            raise Gone from None
        return rest, self._out in ready

    def interrupt(self) -> None:
        """Make a thread that waits in answers() raise Late at once."""
        with self._guard:
            if self._wake >= 0:
                os.write(self._wake, b"!")

    def discard(self) -> None:
        """End the child; one that no signal reaches is left to its own end, and never waited for."""
        with self._guard:
            if self._wake < 0:
                return
            for fd in (self._in, self._out, self._life, self._woken, self._wake):
                os.close(fd)
            self._wake = -1
        with _REAPING:
            LEFT.append(self.pid)
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        for _ in range(50):
            reap()
            if self.pid not in LEFT:
                return
            time.sleep(0.002)


def reap() -> None:
    """Let those of LEFT go that have ended by now."""
    with _REAPING:
        LEFT[:] = [pid for pid in LEFT if not _ended(pid)]


def _ended(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True
