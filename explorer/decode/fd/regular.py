"""A regular file."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.path import PathFd, facts
from explorer.decode.fd.raw import RawFd


@dataclass(frozen=True, slots=True, kw_only=True)
class Regular(PathFd):
    """size: bytes; position: where the next read or write begins."""

    kind: ClassVar[str] = "regular"


def decode(raw: RawFd) -> Regular | None:
    """Any path that is a regular file."""
    return Regular(**facts(raw))
