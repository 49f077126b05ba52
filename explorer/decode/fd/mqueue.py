"""mq_open(3): a POSIX message queue. Its link looks like a file in the root directory; the file system tells them apart."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.path import DELETED
from explorer.decode.fd.raw import NOT_LOOKED_UP, RawFd, Stat, integer, known, pairs
from explorer.decode.text import text as decoded
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageQueue(Fd):
    """name: as given to mq_open(3), / first. deleted: it was unlinked since.

    queued: bytes of the messages that nobody has taken out yet. notify: the pid that is told of the next one, 0 for none.
    """

    kind: ClassVar[str] = "mqueue"

    name: str
    deleted: bool = False
    queued: int | Missing = NOT_LOOKED_UP
    notify: int = 0

    @property
    def note(self) -> str:
        return f"mqueue {self.name}"


def decode(raw: RawFd) -> MessageQueue | None:
    """A regular file of the mqueue file system."""
    if not isinstance(raw.stat, Stat) or raw.stat.fstype != "mqueue":
        return None
    deleted = raw.link.endswith(DELETED) and raw.stat.nlink == 0
    name = raw.link.removesuffix(DELETED) if deleted else raw.link
    return MessageQueue(**raw.common, name="/" + name.rpartition("/")[2], deleted=deleted)


def state(text: bytes) -> tuple[int | Missing, int]:
    """queued and notify out of `QSIZE:129 NOTIFY:2 SIGNO:0 NOTIFY_PID:8260` (mqueue_read_file of ipc/mqueue.c, mq_overview(7))."""
    found = pairs(decoded(text))
    queued = integer(found.get("QSIZE", ""), 10, Missing(Reason.UNSUPPORTED, "the queue does not say how much is in it"))
    return queued, known(integer(found.get("NOTIFY_PID", ""), 10, NOT_LOOKED_UP))
