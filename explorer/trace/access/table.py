"""The files that have a row, found by a descriptor's name or by a path."""

from typing import Final

from explorer.model.access import FileKind
from explorer.trace.access.names import GONE
from explorer.trace.access.rows import Counts, File, kind_of
from explorer.trace.access.whose import Whose

RING: Final = b"anon_inode:[io_uring]"
MOST: Final = 100_000
"""Files that have a row."""
MOST_OTHERS: Final = 20_000
"""Likewise of what has no path: sockets, pipes."""
CUT: Final = "/…/".encode()
"""A descriptor's name begins so where its folders were too many to be told."""
NONE: Final = -1
"""Instead of a mount namespace, of what is in none."""
At = tuple[File, Counts]


class Table:
    """rings, aios, unnamed: pid → what model.access.Unseen says of it; mapped: pid → how many mapped files, and of those writable."""

    def __init__(self, whose: Whose, most: int = MOST) -> None:
        self._whose = whose
        self.most, self.most_others = most, min(most, MOST_OTHERS)
        self.files: dict[tuple[int, bytes], File] = {}
        self.known: dict[tuple[int, bytes], At] = {}
        """(pid, a descriptor's name) → what it is; only saves time."""
        self.dropped = 0
        """Calls on files that have no row, because there are too many."""
        self.rings: dict[int, int] = {}
        self.aios: dict[int, int] = {}
        self.unnamed: dict[int, int] = {}
        self.mapped: dict[int, list[int]] = {}
        self._really: set[bytes] = set()
        """Paths that end with " (deleted)" by themselves."""
        self._others = self._cuts = 0

    def described(self, pid: int, name: bytes) -> At | None:
        """By the name of a descriptor."""
        found = self.known.get((pid, name))
        if found is None:
            if name == RING:
                self.rings.setdefault(pid, 1)
            gone = name.endswith(GONE) and name not in self._really
            path = name.removesuffix(GONE) if gone else name
            found = self.at(pid, path, kind_of(name))
            if found is not None:
                found[0].cut |= name.startswith(CUT)
                found[0].deleted |= gone and found[0].kind == "file"
                if len(self.known) >= 2 * self.most:
                    self.known.clear()
                self.known[pid, name] = found
        elif found[0].kind != "file" and name == RING:
            self.rings.setdefault(pid, 1)
        return found

    def at(self, pid: int, path: bytes, kind: FileKind, cut: bool = False) -> At | None:
        """By a path. None where no row is left for it."""
        space = self._whose[pid].mounts if kind == "file" else NONE
        key = (space, path)
        if cut:
            # Never found again: what is cut alike may be something else.
            self._cuts += 1
            key = (space, path + b"\0%d" % self._cuts)
        file = self.files.get(key)
        if file is None:
            # Sockets come and go by the thousand; they leave room for files.
            if len(self.files) - self._others >= self.most if kind == "file" else self._others >= self.most_others:
                self.dropped += 1
                return None
            self._others += kind != "file"
            file = self.files[key] = File(path, kind, space, cut)
        counts = file.by.get(pid)
        if counts is None:
            counts = file.by[pid] = Counts()
        return file, counts

    def really(self, path: bytes) -> None:
        """There is a file of exactly this name."""
        if path.endswith(GONE) and len(self._really) < self.most_others:
            self._really.add(path)

    def nameless(self, pid: int, result: int) -> None:
        """A call by a descriptor of which nobody knows what it was; where it did not even work, nothing was touched."""
        if result >= 0:
            self.unnamed[pid] = self.unnamed.get(pid, 0) + 1
