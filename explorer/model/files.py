"""The open files of a process at one moment, and what happened to them lately."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.model.progress import Progress
from explorer.model.trend import STILL, Trend


@dataclass(frozen=True, slots=True)
class Closed:
    """A descriptor that was open and is not any more. ago: seconds since that was seen."""

    fd: Fd
    ago: float


@dataclass(frozen=True, slots=True)
class OpenFiles:
    """fds: by number. opened: numbers that are new since a few seconds. closed: of the last seconds. unread: open, not looked at yet.

    progress: of those whose position moves. limit: how many it may have open, the soft limit; None: no limit. trend: whether they
    become more. rows: all that are open by number, a number alone where it was not looked at; () where all were. unfinished: those that
    were not are looked at in the next refreshes; else only what somebody wants to see.
    """

    pid: int
    fds: tuple[Fd, ...]
    opened: frozenset[int] = frozenset()
    closed: tuple[Closed, ...] = ()
    progress: Mapping[int, Progress] = field(default_factory=dict)
    unread: int = 0
    limit: int | Missing | None = None
    trend: Trend = STILL
    rows: tuple[Fd | int, ...] = ()
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class NoFiles:
    """Why there are no descriptors to show. why: Missing, or None where it has none. kernel_thread: it can have none.

    slots: how many descriptors it has room for (FDSize of proc_pid_status(5)), 0 where that is not known. gave_up: it is
    of our own user, but its descriptors belong to root, since it gave up root or hides itself (prctl(2), dumpable).
    """

    pid: int
    comm: str
    why: Missing | None
    kernel_thread: bool = False
    slots: int = 0
    gave_up: bool = False
    user: str = ""
