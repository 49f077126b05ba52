"""Where positions are from refresh to refresh: how fast each moves, smoothed over some seconds so that it can be read."""

from collections import deque
from typing import Final, NamedTuple

from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.model.progress import Progress

WINDOW: Final = 5.0
"""Seconds over which a rate is taken."""
SHORTEST: Final = 0.2
SIZED: Final = frozenset({"regular", "memfd"})
IN_BYTES: Final = SIZED | {"blk"}
"""Kinds whose position is a number of bytes; that of a directory is whatever its file system likes (lseek(2), NOTES)."""


class Sample(NamedTuple):
    """when: seconds. position, size: bytes."""

    when: float
    position: int
    size: int


class Track:
    """The last moves of one position, all in one direction. turned: it went the other way before, as in a file read here and there."""

    def __init__(self, first: Sample, *, turned: bool = False) -> None:
        self.samples = deque([first])
        self.turned = turned

    def take(self, now: Sample) -> None:
        """Where it is now."""
        last, first = self.samples[-1], self.samples[0]
        if now.when - last.when < SHORTEST:
            if len(self.samples) == 1:
                return
            self.samples.pop()
            last = self.samples[-1]
        moved, before = now.position - last.position, last.position - first.position
        if moved * before < 0:
            self.samples, self.turned = deque([last]), True
        self.samples.append(now)
        while len(self.samples) > 2 and now.when - self.samples[1].when >= WINDOW:
            self.samples.popleft()

    @property
    def moves(self) -> bool:
        """Whether it did in all that is remembered."""
        return self.samples[0].position != self.samples[-1].position

    def progress(self, fd: Fd) -> Progress | None:
        """None while one step is all that is known of a direction that it has just taken: a seek is no speed."""
        first, last = self.samples[0], self.samples[-1]
        seconds = last.when - first.when
        if seconds <= 0 or (self.turned and len(self.samples) < 3):
            return None
        growth = (last.size - first.size) / seconds
        inside = is_inside(fd) and (fd.access == "r" or not growth)
        return Progress(last.position, last.size, (last.position - first.position) / seconds, growth, inside)


class Positions:
    """Of one process. Only of positions that move anything is kept."""

    def __init__(self) -> None:
        self._tracks: dict[int, Track] = {}

    def forget(self, number: int) -> None:
        """It means something else from now on, or nothing."""
        self._tracks.pop(number, None)

    def take(self, fd: Fd, now: float, before: Fd | None, then: float | None) -> None:
        """Where it is now, and was when it was looked at last; then: None where that is not known to have been a refresh ago."""
        if isinstance(fd.position, Missing) or fd.kind not in IN_BYTES:
            return
        sample = Sample(now, fd.position, size_of(fd))
        track = self._tracks.get(fd.number)
        if track is None:
            if before is None or before.position == fd.position or isinstance(before.position, Missing):
                return
            if then is None or now - then < SHORTEST:
                self._tracks[fd.number] = Track(sample)
                return
            track = self._tracks[fd.number] = Track(Sample(then, before.position, size_of(before)))
        track.take(sample)
        if not track.moves and now - track.samples[0].when >= WINDOW:
            del self._tracks[fd.number]

    def progress(self, fd: Fd) -> Progress | None:
        """None where it stands still."""
        track = self._tracks.get(fd.number)
        return track.progress(fd) if track is not None and track.moves else None

    @property
    def moving(self) -> tuple[int, ...]:
        """Numbers of those that moved lately."""
        return tuple(self._tracks)


def size_of(fd: Fd) -> int:
    """Of a file that has a size; else 0."""
    size = getattr(fd, "size", 0) if fd.kind in SIZED else 0
    return size if isinstance(size, int) else 0


def is_inside(fd: Fd) -> bool:
    """Whether the size may be where it will end: a file that is read, or written before its end. Who appends moves the end along."""
    size = size_of(fd)
    if size <= 0 or isinstance(fd.position, Missing) or "O_APPEND" in fd.flag_names:
        return False
    return fd.access == "r" or fd.position < size
