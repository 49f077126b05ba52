"""Places of rows, in order, that grow at both ends and lose their oldest."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

SLACK: Final = 65_536
"""Dropped ones that are kept in memory until they are worth a copy."""


class Places:
    """A list in ascending order: [i], len, bisect. Arrays grow by lists, which takes half of what any other sequence does."""

    __slots__ = ("cut", "newer", "older")

    def __init__(self) -> None:
        self.older = array("q")
        """Descending: what was put before the others."""
        self.newer = array("q")
        self.cut = 0
        """So many of newer are dropped."""

    def __len__(self) -> int:
        return len(self.older) + len(self.newer) - self.cut

    def __getitem__(self, index: int) -> int:
        """Raises IndexError outside 0 … len - 1."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        before = len(self.older)
        return self.older[before - 1 - index] if index < before else self.newer[self.cut + index - before]

    def bisect(self, place: int) -> int:
        """How many are smaller."""
        before = len(self.older)
        if before and place <= self.older[0]:
            return before - bisect_left(self.older, -place + 1, key=int.__neg__)
        return before + bisect_left(self.newer, place, self.cut) - self.cut

    def append(self, places: Iterable[int]) -> None:
        """Larger ones than all, ascending."""
        self.newer.fromlist(list(places))

    def prepend(self, places: Sequence[int]) -> None:
        """Smaller ones than all, ascending."""
        self.older.fromlist(list(places[::-1]))

    def prepend_down(self, places: Iterable[int]) -> None:
        """Smaller ones than all, descending."""
        self.older.fromlist(list(places))

    def drop(self, first: int) -> None:
        """Forget those below first."""
        count = self.bisect(first)
        gone = min(count, len(self.older))
        if gone:
            del self.older[len(self.older) - gone :]
        self.cut += count - gone
        if self.cut > SLACK and self.cut * 2 > len(self.newer):
            del self.newer[: self.cut]
            self.cut = 0
