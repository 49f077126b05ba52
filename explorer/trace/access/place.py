"""Where a process sees its files: its root, its working directory, and its mount namespace."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from explorer.kernel.paths import encoded
from explorer.kernel.procfs import Procfs
from explorer.model.missing import Unreadable


class Place(NamedTuple):
    """root: the path of its root directory, b"" where that is the top of its mount namespace. mounts: that namespace's inode, 0: unknown.
    cwd: its working directory, b"" where that is not known."""

    root: bytes = b""
    mounts: int = 0
    cwd: bytes = b""


NOWHERE: Final = Place()
PlaceOf = Callable[[int], Place | None]
"""pid → its place now; None where that cannot be read. Must not block."""
INODE: Final = re.compile(r"mnt:\[(\d{1,10})\]")


def places(proc: Procfs | None = None) -> PlaceOf:
    """As /proc says: three links, at whose targets nobody looks."""
    procfs = proc or Procfs()

    def place_of(pid: int) -> Place | None:
        try:
            found = INODE.fullmatch(procfs.link(pid, "ns", "mnt"))
            root, cwd = (encoded(procfs.link(pid, name)) for name in ("root", "cwd"))
        except Unreadable:
            return None
        return Place(b"" if root == b"/" else root, int(found[1]) if found else 0, cwd)

    return place_of
