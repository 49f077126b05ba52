"""epoll(7): a set of watched descriptors."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.constants.epoll import event_names
from explorer.decode.fd.raw import RawFd, hexadecimal, pairs
from explorer.model.fd import Fd


@dataclass(frozen=True, slots=True)
class Watch:
    """tfd: the number that the descriptor had when it was added; events as given to epoll_ctl(2), by name in event_names.

    data: what the program gets back. pos, ino, sdev: of the file, 0 before Linux 4.12. what: what that is now, in words.
    closed: the number is closed or means another file by now; held_as: a number that still means the watched file.
    """

    tfd: int
    events: int
    event_names: tuple[str, ...]
    data: int = 0
    pos: int = 0
    ino: int = 0
    sdev: int = 0
    what: str = ""
    closed: bool = False
    held_as: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPoll(Fd):
    """watches: in the kernel's order."""

    kind: ClassVar[str] = "eventpoll"

    watches: tuple[Watch, ...] = ()

    @property
    def note(self) -> str:
        return f"eventpoll, {len(self.watches)} watched"


def decode(raw: RawFd) -> EventPoll | None:
    """anon_inode:[eventpoll] (fs/eventpoll.c)"""
    return EventPoll(**raw.common, watches=tuple(watch(f"tfd: {line}") for line in raw.info.get("tfd", ())))


def watch(line: str) -> Watch:
    """`tfd: 5 events: 19 data: 5  pos:0 ino:61af sdev:7`: tfd and pos decimal, the others hexadecimal."""
    found = pairs(line)
    events = hexadecimal(found, "events")
    return Watch(
        hexadecimal(found, "tfd", 10),
        events,
        event_names(events),
        hexadecimal(found, "data"),
        hexadecimal(found, "pos", 10),
        hexadecimal(found, "ino"),
        hexadecimal(found, "sdev"),
    )
