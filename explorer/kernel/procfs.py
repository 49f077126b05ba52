"""/proc: the reads that never block.

Of /proc/PID these answer at once whatever the process does: stat, status, statm, comm, auxv, fd, fdinfo, stack, syscall,
wchan, io, limits, cgroup, mountinfo, sched, schedstat, and what a link says. These take the process's memory lock or touch
its pages, and may hang for ever (a page fault on a dead FUSE or NFS mount): cmdline, environ, maps (before Linux 6.17),
map_files, smaps, smaps_rollup, numa_maps, pagemap, mem, and stat(2) of anything under fd/, exe, cwd, root. Those go through
kernel.reader.
"""

import os
from typing import Final

from explorer.kernel.errors import unreadable
from explorer.kernel.paths import decoded, encoded

CHUNK: Final = 1 << 16


class Procfs:
    """A mounted proc file system at `root`; tests point it at a folder that they wrote."""

    def __init__(self, root: str = "/proc") -> None:
        self.root = root

    def path(self, *parts: int | str) -> str:
        """The path of a file below root."""
        return "/".join((self.root, *map(str, parts)))

    def read(self, *parts: int | str, limit: int = 1 << 24) -> bytes:
        """The whole file, at most `limit` bytes. Raises Unreadable."""
        path = self.path(*parts)
        try:
            fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise unreadable(error, path) from None
        try:
            # Only an empty read says the end: a seq_file stops early where the next record is long (fs/seq_file.c).
            chunks, size = [], 0
            while size < limit and (more := os.read(fd, min(CHUNK, limit - size))):
                chunks.append(more)
                size += len(more)
            return b"".join(chunks)
        except OSError as error:
            raise unreadable(error, path) from None
        finally:
            os.close(fd)

    def link(self, *parts: int | str) -> str:
        """What a symbolic link says; the target is not looked at. Raises Unreadable."""
        path = self.path(*parts)
        try:
            return decoded(os.readlink(encoded(path)))
        except OSError as error:
            raise unreadable(error, path) from None

    def names(self, *parts: int | str) -> list[str]:
        """A folder's entries, unordered. Raises Unreadable."""
        path = self.path(*parts)
        try:
            return os.listdir(path)
        except OSError as error:
            raise unreadable(error, path) from None

    def numbers(self, *parts: int | str) -> list[int]:
        """The entries of a folder that are numbers, ascending: pids, tids, descriptors. Raises Unreadable."""
        return sorted(int(name) for name in self.names(*parts) if name.isascii() and name.isdigit())

    def owner(self, *parts: int | str) -> int:
        """The uid that owns a file of /proc itself (never one behind a magic link). Raises Unreadable."""
        path = self.path(*parts)
        try:
            return os.lstat(path).st_uid
        except OSError as error:
            raise unreadable(error, path) from None
