"""A path whose type is unknown (stat did not answer) or none of its own: a symbolic link or a socket's name, held by O_PATH."""

from dataclasses import dataclass
from stat import S_IFLNK, S_IFMT, S_IFSOCK
from typing import ClassVar

from explorer.decode.fd.path import PathFd, facts
from explorer.decode.fd.raw import RawFd, Stat


@dataclass(frozen=True, slots=True, kw_only=True)
class File(PathFd):
    """type: symlink, socket, "" where it is not known."""

    kind: ClassVar[str] = "file"

    type: str = ""


TYPES = {S_IFLNK: "symlink", S_IFSOCK: "socket"}


def decode(raw: RawFd) -> File | None:
    """Any path."""
    mode = raw.stat.mode if isinstance(raw.stat, Stat) else 0
    return File(**facts(raw), type=TYPES.get(S_IFMT(mode), ""))
