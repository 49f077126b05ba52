"""A namespace held open: namespaces(7)."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.pipe import bracketed
from explorer.decode.fd.raw import RawFd
from explorer.model.fd import Fd


@dataclass(frozen=True, slots=True, kw_only=True)
class Namespace(Fd):
    """type: cgroup, ipc, mnt, net, pid, time, user, uts. inode: the same in every process that is in it."""

    kind: ClassVar[str] = "namespace"

    type: str
    inode: int


def decode(raw: RawFd) -> Namespace | None:
    """TYPE:[INODE] of nsfs (fs/nsfs.c)"""
    return Namespace(**raw.common, type=raw.link.partition(":")[0], inode=bracketed(raw.link))
