"""Reads that may hang, made in a process that can be thrown away.

child/reader.py does the reading. When it does not answer before the deadline it is killed (a read that no signal reaches
is left behind to its own end), the ask is answered with TIMED_OUT, and that path is not tried again for RETRY seconds.
"""

import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from explorer.kernel.errors import missing
from explorer.kernel.frames import ANSWER, REQUEST, STAT
from explorer.model.missing import Missing, Reason, Unreadable

DEADLINE: Final = 0.5
RETRY: Final = 10.0
WINDOW: Final = 64
ROOT: Final = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM: Final = f"import sys; sys.path.insert(0, {ROOT!r}); from explorer.child.reader import main; main()"


@dataclass(frozen=True, slots=True)
class FileStat:
    """stat(2) of what a path leads to."""

    dev: int
    ino: int
    mode: int
    uid: int
    gid: int
    nlink: int
    rdev: int
    size: int
    mtime_ns: int
    blocks: int
    blksize: int


@dataclass(frozen=True, slots=True)
class Ask:
    """One read. op: r read, s stat, l readlink, d listdir, v statvfs, as child/reader.py has them."""

    op: str
    path: str
    limit: int = 1 << 20
    offset: int = 0


class Reader:
    """Answers asks within a deadline, whatever hangs. Safe to share between threads, which then wait for each other."""

    def __init__(self, deadline: float = DEADLINE) -> None:
        self.deadline = deadline
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._life = -1
        self._stuck: dict[str, float] = {}

    def read(self, path: str, limit: int = 1 << 20, offset: int = 0) -> bytes:
        """A file's bytes, at most limit. Raises Unreadable: TIMED_OUT where it did not answer before the deadline."""
        return self._one(Ask("r", path, limit, offset))

    def stat(self, path: str) -> FileStat:
        """stat(2), links followed. Raises Unreadable."""
        return FileStat(*STAT.unpack(self._one(Ask("s", path))))

    def link(self, path: str) -> str:
        """readlink(2) of a path outside /proc. Raises Unreadable."""
        return os.fsdecode(self._one(Ask("l", path)))

    def names(self, path: str) -> list[str]:
        """A folder's entries. Raises Unreadable."""
        found = self._one(Ask("d", path))
        return [os.fsdecode(name) for name in found.split(b"\0")] if found else []

    def _one(self, ask: Ask) -> bytes:
        found = self.ask([ask])[0]
        if isinstance(found, Missing):
            raise Unreadable(found)
        return found

    def ask(self, asks: Sequence[Ask]) -> list[bytes | Missing]:
        """The answers in the order of the asks; one that hangs costs one deadline and does not spoil the others."""
        with self._lock:
            now = time.monotonic()
            answers: dict[int, bytes | Missing] = {}
            waiting = []
            for index, ask in enumerate(asks):
                if (until := self._stuck.get(ask.path)) is not None and now < until:
                    answers[index] = self._timed_out(ask)
                else:
                    waiting.append(index)
            while waiting:
                window, waiting = waiting[:WINDOW], waiting[WINDOW:]
                done = self._exchange([asks[i] for i in window])
                answers.update(zip(window, done, strict=False))
                if len(done) < len(window):
                    late = window[len(done)]
                    self._discard()
                    self._stuck[asks[late].path] = time.monotonic() + RETRY
                    answers[late] = self._timed_out(asks[late])
                    waiting = window[len(done) + 1 :] + waiting
            return [answers[index] for index in range(len(asks))]

    def close(self) -> None:
        """End the process; never waits for a read that hangs."""
        with self._lock:
            self._discard()

    def _timed_out(self, ask: Ask) -> Missing:
        return Missing(Reason.TIMED_OUT, f"{ask.path} did not answer in {self.deadline:g} s", f"asked again every {RETRY:g} s")

    def _exchange(self, asks: list[Ask]) -> list[bytes | Missing]:
        """As many answers as came before the deadline, which starts anew with each answer."""
        child = self._running()
        frames = []
        for ask in asks:
            path = os.fsencode(ask.path)
            frames.append(REQUEST.pack(ask.op.encode(), ask.limit, ask.offset, len(path)) + path)
        found: list[bytes | Missing] = []
        try:
            assert child.stdin is not None
            child.stdin.write(b"".join(frames))
            child.stdin.flush()
            for ask in asks:
                error, size = ANSWER.unpack(self._receive(ANSWER.size))
                data = self._receive(size)
                found.append(missing(error, ask.path) if error else data)
        except (OSError, EOFError):
            pass
        return found

    def _receive(self, size: int) -> bytes:
        assert self._child is not None
        assert self._child.stdout is not None
        fd = self._child.stdout.fileno()
        chunks, got = [], 0
        while got < size:
            if not select.select([fd], [], [], self.deadline)[0]:
                raise EOFError
            more = os.read(fd, min(size - got, 1 << 20))
            if not more:
                raise EOFError
            chunks.append(more)
            got += len(more)
        return b"".join(chunks)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            life, self._life = os.pipe()
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=life,
                start_new_session=True,
                close_fds=True,
            )
            os.close(life)
        return self._child

    def _discard(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        os.close(self._life)
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    pass
        try:
            child.wait(0.1)
        except subprocess.TimeoutExpired:
            LEFT.append(child)


LEFT: list[subprocess.Popen[bytes]] = []
"""Readers that no signal reaches yet; kept so that they are reaped if they ever end."""
