"""A namespace held open: namespaces(7)."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.pipe import bracketed
from explorer.decode.fd.raw import NOT_LOOKED_UP, RawFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Namespace(Fd):
    """type: cgroup, ipc, mnt, net, pid, time, user, uts. inode: the same in every process that is in it. own: whether the process that
    holds it is in it; Missing where that is not known.
    """

    kind: ClassVar[str] = "namespace"

    type: str
    inode: int
    own: bool | Missing = NOT_LOOKED_UP


def decode(raw: RawFd) -> Namespace | None:
    """TYPE:[INODE] of nsfs (fs/nsfs.c)"""
    return Namespace(**raw.common, type=raw.link.partition(":")[0], inode=bracketed(raw.link))
