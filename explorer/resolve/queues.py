"""What waits in pipes and sockets: asked of the kernel by BPF, since reading would take it, and opening a pipe adds an end to it."""

import time
from typing import TYPE_CHECKING, Final

from explorer.decode.bpf_iter.waiting import decode
from explorer.kernel.frames import STAT
from explorer.kernel.reader import Ask, Reader, stat_of
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.queue import Queue

if TYPE_CHECKING:
    from explorer.kernel.bpf.waiting import Inside

SHARE: Final = 20
"""A look goes over all open files of the machine. It is not taken again before so many times as long as it took have gone by."""
TRIES: Final = 4
"""One that changes while it is looked at is looked at so often."""


class Queues:
    """The program is loaded with the first question, and asked for again no more where it was refused. For one thread."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._inside: Inside | Missing | None = None
        self._last: dict[tuple[int, int], tuple[float, Queue | Missing]] = {}
        """By device and inode until when the last answer does, and that."""

    def of(self, path: str) -> Queue | Missing:
        """Of what /proc/PID/fd/N leads to; never opens it. Blocks for the reader's deadline, and a look at all open files. Never raises.

        Where there are very many of those the answer may be some seconds old.
        """
        inside = self._inside = self._inside or load()
        if isinstance(inside, Missing):
            return inside
        answer = self._reader.ask([Ask("p", path, 0)])[0]
        if isinstance(answer, Missing):
            return answer
        file = stat_of(answer[: STAT.size])
        begun = time.monotonic()
        until, found = self._last.get((file.dev, file.ino), (0.0, None))
        if found is None or begun >= until:
            found = steady(inside, file.dev, file.ino)
            now = time.monotonic()
            self._last = {other: last for other, last in self._last.items() if last[0] > now}
            self._last[file.dev, file.ino] = now + SHARE * (now - begun), found
        return found

    def close(self) -> None:
        """Drop the program."""
        if self._inside is not None and not isinstance(self._inside, Missing):
            self._inside.close()
        self._inside = None


def steady(inside: "Inside", dev: int, ino: int) -> Queue | Missing:
    """Looked at until it did not change meanwhile."""
    try:
        for _ in range(TRIES):
            found = decode(inside.look(dev, ino))
            if found is None:
                return Missing(Reason.UNSUPPORTED, "the kernel's own queue of it")
            if not found.moved:
                return found
    except Unreadable as refused:
        return refused.missing
    return Missing(Reason.TIMED_OUT, "it changes faster than it can be looked at")


def load() -> "Inside | Missing":
    """The program, or why it cannot run here."""
    from explorer.kernel.bpf.waiting import Inside

    try:
        return Inside()
    except Unreadable as refused:
        return refused.missing
