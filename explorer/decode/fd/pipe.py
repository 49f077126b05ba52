"""pipe(2) and fifo(7): both ends are one inode."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.path import PathFd, facts
from explorer.decode.fd.raw import RawFd, integer, known
from explorer.model.endpoints import Endpoint
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipe(Fd):
    """One end of a pipe, or both."""

    kind: ClassVar[str] = "pipe"

    inode: int

    @property
    def endpoint(self) -> Endpoint:
        return "pipe", self.inode

    @property
    def other_end(self) -> Endpoint:
        return self.endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Fifo(PathFd):
    """A pipe with a name."""

    kind: ClassVar[str] = "fifo"

    @property
    def endpoint(self) -> Endpoint:
        return "fifo", self.target

    @property
    def other_end(self) -> Endpoint:
        return self.endpoint


def decode(raw: RawFd) -> Fd | None:
    """pipe:[INODE], or a path that is a fifo."""
    if raw.link.startswith("/"):
        return Fifo(**facts(raw))
    return Pipe(**raw.common, inode=bracketed(raw.link))


def bracketed(link: str) -> int:
    """The number in brackets, 0 where there is none."""
    return known(integer(link.partition("[")[2].rstrip("]"), 10, Missing(Reason.UNSUPPORTED)))
