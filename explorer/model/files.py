"""The open files of a process at one moment, and what happened to them lately."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from explorer.model.fd import Fd
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True)
class Closed:
    """A descriptor that was open and is not any more. ago: seconds since that was seen."""

    fd: Fd
    ago: float


@dataclass(frozen=True, slots=True)
class OpenFiles:
    """fds: by number. opened: numbers that are new since a few seconds. closed: of the last seconds. unread: open, not looked at yet.

    rates: bytes a second by which positions move, of those that do; negative backwards. limit: how many it may have
    open, the soft limit; None: no limit.
    """

    pid: int
    fds: tuple[Fd, ...]
    opened: frozenset[int] = frozenset()
    closed: tuple[Closed, ...] = ()
    rates: Mapping[int, float] = field(default_factory=dict)
    unread: int = 0
    limit: int | Missing | None = None
