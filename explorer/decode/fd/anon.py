"""Any other anonymous inode, by the name that the kernel gives it: kvm-vm, seccomp notify, landlock-ruleset, fscontext …"""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.raw import RawFd
from explorer.model.fd import Fd


@dataclass(frozen=True, slots=True, kw_only=True)
class AnonInode(Fd):
    """name: the kernel's. says: what fdinfo adds to the usual keys."""

    kind: ClassVar[str] = "anon_inode"

    name: str
    says: tuple[tuple[str, str], ...] = ()

    @property
    def note(self) -> str:
        return self.name


USUAL = {"pos", "flags", "mnt_id", "ino"}


def decode(raw: RawFd) -> AnonInode | None:
    """anon_inode:NAME or anon_inode:[NAME] (fs/anon_inodes.c)"""
    name = raw.link.removeprefix("anon_inode:").removeprefix("[").removesuffix("]")
    return AnonInode(**raw.common, name=name, says=tuple((key, value) for key, value in raw.lines if key not in USUAL))
