"""mq_open(3): a POSIX message queue. Its link looks like a file in the root directory; the file system tells them apart."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.raw import RawFd, Stat
from explorer.model.fd import Fd


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageQueue(Fd):
    """name: as given to mq_open(3), / first."""

    kind: ClassVar[str] = "mqueue"

    name: str

    @property
    def note(self) -> str:
        return f"mqueue {self.name}"


def decode(raw: RawFd) -> MessageQueue | None:
    """A regular file of the mqueue file system."""
    if not isinstance(raw.stat, Stat) or raw.stat.fstype != "mqueue":
        return None
    return MessageQueue(**raw.common, name="/" + raw.link.rpartition("/")[2])
