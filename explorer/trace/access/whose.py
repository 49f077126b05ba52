"""Where each process of a trace sees its files, followed through births and the calls that change it."""

from typing import Final

from explorer.trace.access.names import joined
from explorer.trace.access.place import NOWHERE, Place, PlaceOf

MOST: Final = 100_000
"""Processes that are remembered; then all are forgotten."""


class Whose:
    """place_of is asked for those that we attach to, and for whom nobody's birth was told; others have what their parent had."""

    def __init__(self, place_of: PlaceOf) -> None:
        self._place_of = place_of
        self._known: dict[int, Place] = {}
        self.parents: dict[int, int] = {}
        """child → parent of births that are known to come: a child's own events may come first."""
        self._ended: set[int] = set()

    def __getitem__(self, pid: int) -> Place:
        found = self._known.get(pid)
        if found is None:
            forebear = pid
            while forebear not in self._known and (parent := self.parents.pop(forebear, 0)):
                forebear = parent
            self[pid] = found = self._known.get(forebear) or self._place_of(forebear) or self._likely()
        return found

    def __setitem__(self, pid: int, place: Place) -> None:
        if len(self._known) >= MOST:
            self._known.clear()
            self._ended.clear()
        self._known[pid] = place

    def _likely(self) -> Place:
        """Of one that is gone, and whose birth was not told: where all others are, if they are all in one place."""
        found = {place._replace(cwd=b"") for place in self._known.values()}
        return found.pop() if len(found) == 1 else NOWHERE

    def ask(self, pid: int) -> None:
        """It is elsewhere now, and only Linux knows where; where it is gone, in a namespace that we do not know."""
        before = self._known.get(pid, NOWHERE)
        self[pid] = self._place_of(pid) or before._replace(mounts=0)

    def born(self, pid: int, parent: int, *, apart: bool = False) -> None:
        """By parent. apart: in a mount namespace of its own."""
        if pid in self._ended:
            self._ended.discard(pid)
            self._known.pop(pid, None)
        self.parents.pop(pid, None)
        if apart:
            self[pid] = self[parent]
            self.ask(pid)
        elif pid not in self._known:
            # Where its parent is at this moment; what it did itself before we heard of its birth stays.
            place = self[parent]
            self[pid] = place if place is not NOWHERE else self[pid]

    def ended(self, pid: int) -> None:
        """Its number may be somebody else's from now on."""
        self._ended.add(pid)

    def works(self, pid: int, folder: bytes) -> None:
        """An event says what its working directory is."""
        place = self[pid]
        if folder and place.cwd != folder:
            self[pid] = place._replace(cwd=folder)

    def rooted(self, pid: int, folder: bytes) -> None:
        """It called chroot."""
        place = self[pid]
        self[pid] = place._replace(root=b"" if folder == b"/" else folder)

    def path(self, pid: int, name: bytes, folder: bytes = b"") -> bytes:
        """A name that it gave, as we see it; relative to folder, or to its working directory. Relative still where that is not known."""
        place = self[pid]
        return joined(folder or place.cwd, name, place.root)
