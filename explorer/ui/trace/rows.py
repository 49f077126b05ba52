"""Lines of a trace one under the other: what its filter leaves, below each opened call what it unfolds to, at the end calls in flight."""

from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from explorer.render.piece import Line
from explorer.trace.log import Flight
from explorer.trace.view import View

Unfold = Callable[[int], tuple[Line, ...]]
"""key → what it unfolds to."""


class Spot(NamedTuple):
    """What stands on a line. key: the place in the log, or of a call in flight -1 - its thread. inner: which line of what it unfolds
    to, -1 for the event itself. item: its index among rows and flights."""

    key: int
    inner: int
    item: int


class Rows:
    """held: the place behind the last row that is shown while the view stands still; None while it goes on. opened: key → lines."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.held: int | None = None
        self.opened: dict[int, tuple[Line, ...]] = {}
        self.flights: list[Flight] = []
        self.count = 0
        """Rows of the view that are shown."""
        self._items: list[int] = []
        self._starts: list[int] = []
        self._sums: list[int] = [0]

    def update(self) -> None:
        """The view has changed, or what is held or opened."""
        view = self.view
        self.count = len(view) if self.held is None else view.index(self.held)
        self.flights = view.flights() if self.held is None and view.log.flights else []
        items = sorted((item, key) for key in self.opened if (item := self.item(key)) is not None)
        self._items = [item for item, _ in items]
        self._starts, self._sums = [], [0]
        for item, key in items:
            self._starts.append(item + self._sums[-1])
            self._sums.append(self._sums[-1] + len(self.opened[key]))

    def forget(self) -> None:
        """Drop what is opened and no longer there."""
        first = self.view.log.first
        tids = self.view.log.flights
        self.opened = {key: lines for key, lines in self.opened.items() if (key >= first if key >= 0 else -1 - key in tids)}

    def __len__(self) -> int:
        return self.count + len(self.flights) + self._sums[-1]

    @property
    def items(self) -> int:
        """Rows and flights."""
        return self.count + len(self.flights)

    def key(self, item: int) -> int:
        """Of the item-th row or flight. Raises IndexError."""
        return self.view[item] if item < self.count else -1 - self.flights[item - self.count].tid

    def item(self, key: int) -> int | None:
        """Where a key is; None where it is not shown."""
        if key >= 0:
            index = self.view.index(key)
            return index if index < self.count and self.view[index] == key else None
        return next((self.count + at for at, flight in enumerate(self.flights) if flight.tid == -1 - key), None)

    def position(self, item: int, inner: int = -1) -> int:
        """The line of an item, or of one that it unfolds to."""
        before = bisect_right(self._items, item - 1)
        return item + self._sums[before] + inner + 1

    def at(self, position: int) -> Spot:
        """What stands on a line. Raises IndexError outside."""
        if not 0 <= position < len(self):
            raise IndexError(position)
        block = bisect_right(self._starts, position) - 1
        if block >= 0:
            inner = position - self._starts[block] - 1
            if inner < self._sums[block + 1] - self._sums[block]:
                item = self._items[block]
                return Spot(self.key(item), inner, item)
        item = position - self._sums[block + 1]
        return Spot(self.key(item), -1, item)
