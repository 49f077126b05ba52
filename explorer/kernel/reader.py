"""Reads that may hang, made in a process that can be thrown away.

child/reader.py does the reading. When it does not answer before the deadline it is killed (a read that no signal reaches
is left behind to its own end), the ask is answered with TIMED_OUT, and that path is not tried again for RETRY seconds,
then twice as long with each failure.
"""

import errno
import threading
import time
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from explorer.kernel.beside import Beside, Gone, Late
from explorer.kernel.errors import missing
from explorer.kernel.frames import REQUEST, STAT
from explorer.kernel.paths import decoded, encoded
from explorer.model.missing import Missing, Reason, Unreadable

DEADLINE: Final = 0.5
RETRY: Final = 10.0
RETRY_MOST: Final = 160.0
WINDOW: Final = 64
CHILDREN: Final = 3
PATIENCE: Final = 4
"""So many asks of one call may miss the deadline; the others of that call are then not asked any more, but told so."""

NO_CHILD: Final = "look at ulimit -u, ulimit -n and the pids limit of the cgroup"
NO_PYTHON: Final = "install procdive with a Python that this user may run"


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
    """One read. op: r read, s stat, S stat of a link itself, l readlink, d listdir, v statvfs, u name of a uid, x protocol of a socket,
    m seals of a memfd, f type of a file system, h path of a file handle, q state of a message queue, i where a path leads, p piece of a
    regular file, n lines in one, as child/reader.py has them.
    """

    op: str
    path: str
    limit: int = 1 << 20
    offset: int = 0


class Reader:
    """Answers asks within a deadline, whatever hangs. Threads may share it: CHILDREN of them are served at a time, others wait."""

    def __init__(self, deadline: float = DEADLINE) -> None:
        self.deadline = deadline
        self._places = threading.Semaphore(CHILDREN)
        self._lock = threading.Lock()
        self._idle: list[Beside] = []
        self._busy: set[Beside] = set()
        self._stuck: dict[str, tuple[float, float]] = {}
        self._closed = False
        # One that is forgotten ends its children too, at the latest when Python ends.
        weakref.finalize(self, discard, self._idle)

    def warm(self) -> None:
        """Start a process now, so that it is there when the first ask comes: it takes 20 ms that one may do something else in."""
        try:
            child = self._take()
        except OSError:
            return
        self._give_back(child)

    def read(self, path: str, limit: int = 1 << 20, offset: int = 0) -> bytes:
        """A file's bytes, at most limit. Raises Unreadable: TIMED_OUT where it did not answer before the deadline."""
        return self._one(Ask("r", path, limit, offset))

    def stat(self, path: str) -> FileStat:
        """stat(2), links followed. Raises Unreadable."""
        return stat_of(self._one(Ask("s", path)))

    def lstat(self, path: str) -> FileStat:
        """stat(2) of the path itself where it is a link. Raises Unreadable."""
        return stat_of(self._one(Ask("S", path)))

    def link(self, path: str) -> str:
        """readlink(2) of a path outside /proc. Raises Unreadable."""
        return decoded(self._one(Ask("l", path)))

    def names(self, path: str) -> list[str]:
        """A folder's entries. Raises Unreadable."""
        found = self._one(Ask("d", path))
        return [decoded(name) for name in found.split(b"\0")] if found else []

    def _one(self, ask: Ask) -> bytes:
        found = self.ask([ask])[0]
        if isinstance(found, Missing):
            raise Unreadable(found)
        return found

    def ask(self, asks: Sequence[Ask]) -> list[bytes | Missing]:
        """The answers in the order of the asks. One that hangs costs one deadline and does not spoil the others.

        Never raises, and never takes longer than PATIENCE deadlines and what the others need.
        """
        answers: dict[int, bytes | Missing] = {}
        waiting: list[tuple[int, bytes]] = []
        now = time.monotonic()
        for index, ask in enumerate(asks):
            if now < self._stuck.get(ask.path, (0.0, 0.0))[0]:
                answers[index] = self._timed_out(ask)
                continue
            try:
                path = encoded(ask.path)
            except UnicodeEncodeError:
                answers[index] = Missing(Reason.UNSUPPORTED, f"{ask.path!a} is no path")
                continue
            waiting.append((index, REQUEST.pack(ask.op.encode(), ask.limit, ask.offset, len(path)) + path))
        if waiting:
            with self._places:
                self._serve(asks, waiting, answers)
        return [answers[index] for index in range(len(asks))]

    def _serve(self, asks: Sequence[Ask], waiting: list[tuple[int, bytes]], answers: dict[int, bytes | Missing]) -> None:
        """Fill in the answers of those that wait."""
        late, ended_in = 0, -1
        while waiting:
            if self._closed or late >= PATIENCE:
                why = "we are ending" if self._closed else f"{late} others did not answer"
                answers.update((index, Missing(Reason.TIMED_OUT, f"{asks[index].path} not asked: {why}")) for index, _ in waiting)
                return
            try:
                child = self._take()
            except OSError as refused:
                name = errno.errorcode.get(refused.errno or 0, "?")
                cure = NO_PYTHON if refused.errno in {errno.EACCES, errno.ENOENT} else NO_CHILD
                none = Missing(Reason.UNSUPPORTED, f"no process for reads that may hang could be started ({name})", cure)
                answers.update((index, none) for index, _ in waiting)
                return
            window = waiting[:WINDOW]
            done = 0
            try:
                for error, data in child.answers(b"".join(frame for _, frame in window), len(window), self.deadline):
                    index = window[done][0]
                    answers[index] = missing(error, asks[index].path) if error else data
                    self._stuck.pop(asks[index].path, None)
                    done += 1
            except (Late, Gone) as failure:
                self._drop(child)
                index = window[done][0]
                if isinstance(failure, Gone) and ended_in != index:
                    # Somebody else ended it, perhaps long ago: that says nothing of this path. Once more.
                    ended_in = index
                    waiting = waiting[done:]
                    continue
                if not self._closed:
                    late += 1
                    self._remember(asks[index].path)
                # Not the others that read the same file either: they would hang too.
                same = [other for other, _ in waiting[done:] if asks[other].path == asks[index].path]
                answers.update((other, self._timed_out(asks[other])) for other in same)
            else:
                self._give_back(child)
            waiting = [entry for entry in waiting[done:] if entry[0] not in answers]

    def _take(self) -> Beside:
        with self._lock:
            if self._idle:
                child = self._idle.pop()
                self._busy.add(child)
                return child
        child = Beside()
        with self._lock:
            self._busy.add(child)
            if self._closed:
                child.interrupt()
        return child

    def _give_back(self, child: Beside) -> None:
        with self._lock:
            self._busy.discard(child)
            if not self._closed:
                self._idle.append(child)
                return
        child.discard()

    def _drop(self, child: Beside) -> None:
        with self._lock:
            self._busy.discard(child)
        child.discard()

    def _remember(self, path: str) -> None:
        now = time.monotonic()
        wait = min(RETRY_MOST, 2 * self._stuck[path][1]) if path in self._stuck else RETRY
        with self._lock:
            for old, (until, last) in list(self._stuck.items()):
                if until + last < now:
                    self._stuck.pop(old, None)
            self._stuck[path] = (now + wait, wait)

    def _timed_out(self, ask: Ask) -> Missing:
        until, _ = self._stuck.get(ask.path, (0.0, 0.0))
        again = f"asked again in {max(1, round(until - time.monotonic()))} s" if until else ""
        return Missing(Reason.TIMED_OUT, f"{ask.path} did not answer in {self.deadline:g} s", again)

    def pids(self) -> list[int]:
        """The pids of its children that have nothing to do."""
        with self._lock:
            return [child.pid for child in self._idle]

    def retire(self) -> None:
        """End those; others are started when they are needed."""
        with self._lock:
            idle, self._idle[:] = list(self._idle), []
        discard(idle)

    def close(self) -> None:
        """End the processes, for good; asks under way are answered TIMED_OUT at once. Never waits for a read that hangs."""
        with self._lock:
            self._closed = True
            for child in self._busy:
                child.interrupt()
        discard(self._idle)


def discard(children: list[Beside]) -> None:
    """End all of them."""
    while children:
        children.pop().discard()


def stat_of(data: bytes) -> FileStat:
    """The answer to an ask of op s or S."""
    return FileStat(*STAT.unpack(data))
