"""A directory."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.path import PathFd, facts
from explorer.decode.fd.raw import RawFd


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory(PathFd):
    """An open directory."""

    kind: ClassVar[str] = "directory"


def decode(raw: RawFd) -> Directory | None:
    """Any path that is a directory."""
    return Directory(**facts(raw))
