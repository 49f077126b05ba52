"""userfaultfd(2): page faults of a process, handled by a program."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.raw import RawFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFaultFd(Fd):
    """pending: faults that nobody has read yet. total: faults that are not resolved yet, read or not. api: version and features."""

    kind: ClassVar[str] = "userfaultfd"

    pending: int | Missing
    total: int | Missing
    api: str = ""

    @property
    def note(self) -> str:
        return "userfaultfd"


def decode(raw: RawFd) -> UserFaultFd | None:
    """anon_inode:[userfaultfd] (mm/userfaultfd.c)"""
    return UserFaultFd(**raw.common, pending=raw.number_of("pending"), total=raw.number_of("total"), api=raw.first("API"))
