"""Mount ids and devices → mounts, as a process sees them."""

import time
from collections.abc import Callable, Mapping
from typing import Final

from explorer.decode.proc.mountinfo import decode
from explorer.kernel.procfs import Procfs
from explorer.model.missing import Unreadable
from explorer.model.mount import Mount

AGE: Final = 5.0
MOST: Final = 64
REMOTE: Final = frozenset({
    "9p", "afs", "afpfs", "autofs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "ocfs2",
    "orangefs", "pvfs2", "smb3", "smbfs", "virtiofs",
})  # fmt: skip
"""File systems whose answers come from another machine or another program; fuse, nfs and their kin besides."""


class Mounts:
    """One reading of mountinfo serves all processes of a mount namespace for AGE seconds."""

    def __init__(self, proc: Procfs, clock: Callable[[], float] = time.monotonic) -> None:
        self._proc = proc
        self._clock = clock
        self._known: dict[str, tuple[float, Mapping[int, Mount]]] = {}

    def of(self, pid: int | str) -> Mapping[int, Mount]:
        """Mount id → mount; empty where that may not be read."""
        try:
            namespace = self._proc.link(pid, "ns", "mnt")
        except Unreadable:
            namespace = str(pid)
        now = self._clock()
        taken, found = self._known.get(namespace, (-AGE, {}))
        if now - taken < AGE:
            return found
        try:
            found = {mount.id: mount for mount in decode(self._proc.read(pid, "mountinfo"))}
        except Unreadable:
            return {}
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[namespace] = (now, found)
        return found

    def on(self, pid: int | str, dev: tuple[int, int]) -> tuple[Mount, ...]:
        """The mounts of a file system, by its device numbers; one that has its root first."""
        return tuple(sorted((mount for mount in self.of(pid).values() if mount.dev == dev), key=lambda mount: mount.root != "/"))


def may_hang(mount: Mount | None) -> bool:
    """Whether stat(2) of a file on it may wait for somebody; of a mount that is not known too."""
    return mount is None or mount.fstype in REMOTE or mount.fstype.startswith(("fuse", "nfs"))
