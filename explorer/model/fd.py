"""Open file descriptors."""

from dataclasses import dataclass
from typing import ClassVar, Final

from explorer.model.endpoints import Endpoint, Holder
from explorer.model.missing import Missing

O_ACCMODE: Final = 3
O_PATH: Final = 0o10000000
ACCESS: Final = ("r", "w", "rw", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fd:
    """A descriptor of any kind; decode/fd/<kind>.py extends it with what that kind adds.

    number: the descriptor. target: what /proc/PID/fd/N says. position: file offset in bytes; Missing where fdinfo has
    none. flags: open(2) flags, access mode included; Missing likewise. flag_names: the same in words, what has no name
    in hex. mnt_id, ino: as fdinfo has them, 0 where absent. info: every key of fdinfo with its values, in order,
    nothing left out. peers: who has the other end; others: who else has this one. unseen: why they may not be all.
    """

    kind: ClassVar[str] = "other"

    number: int
    target: str
    position: int | Missing
    flags: int | Missing
    flag_names: tuple[str, ...] = ()
    mnt_id: int = 0
    ino: int = 0
    info: tuple[tuple[str, str], ...] = ()
    peers: tuple[Holder, ...] = ()
    others: tuple[Holder, ...] = ()
    unseen: Missing | None = None

    @property
    def endpoint(self) -> Endpoint | None:
        """What two descriptors have in common when they are the same thing."""
        return None

    @property
    def other_end(self) -> Endpoint | None:
        """The endpoint of whoever this one talks to; its own where both ends are one thing (a pipe)."""
        return None

    @property
    def access(self) -> str:
        """r, w or rw; "" where only ioctl(2) or a path operation is allowed, or where it is not known."""
        if isinstance(self.flags, Missing) or self.flags & O_PATH:
            return ""
        return ACCESS[self.flags & O_ACCMODE]

    @property
    def note(self) -> str:
        """In a few words, from its own facts alone: what stands between < and > after its number in a system call."""
        return self.target

    @property
    def identity(self) -> tuple[object, ...]:
        """Stays the same while the number means the same open thing, as far as /proc can tell; a new name is no other thing."""
        if self.ino:
            return (self.kind, self.mnt_id, self.ino, self.endpoint)
        return (self.kind, self.target.removesuffix(" (deleted)"), self.endpoint)
