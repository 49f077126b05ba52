"""Open file descriptors."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Fd:
    """A descriptor of any kind; decode/fd/<kind>.py extends it with what that kind adds.

    number: the descriptor. target: what /proc/PID/fd/N says. position: file offset in bytes; Missing where fdinfo has
    none. flags: open(2) flags, access mode included; Missing likewise. mnt_id, ino: as fdinfo has them, 0 where absent.
    info: every key of fdinfo with its values, in order, nothing left out.
    """

    kind: ClassVar[str] = "other"

    number: int
    target: str
    position: int | Missing
    flags: int | Missing
    mnt_id: int = 0
    ino: int = 0
    info: tuple[tuple[str, str], ...] = ()

    @property
    def endpoint(self) -> tuple[str, int] | None:
        """What two descriptors have in common when they are ends of the same thing: its sort and its id."""
        return None
