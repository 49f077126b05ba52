"""memfd_create(2): a file that is only memory."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.path import DELETED
from explorer.decode.fd.raw import NOT_LOOKED_UP, RawFd, Stat
from explorer.model.fd import Fd
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class MemFd(Fd):
    """name: as given, without the mark of deletion that every memfd has. size: bytes. seals: by name, what may no more be done."""

    kind: ClassVar[str] = "memfd"

    name: str
    size: int | Missing
    seals: tuple[str, ...] | Missing = NOT_LOOKED_UP

    @property
    def note(self) -> str:
        return f"memfd:{self.name}"


def decode(raw: RawFd) -> MemFd | None:
    """/memfd:NAME (deleted); the name may itself end in (deleted)."""
    stat = raw.stat
    size: int | Missing = stat.size if isinstance(stat, Stat) else stat or NOT_LOOKED_UP
    return MemFd(**raw.common, name=raw.link.removeprefix("/memfd:").removesuffix(DELETED), size=size)
