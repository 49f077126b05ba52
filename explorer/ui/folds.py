"""A sheet as lines one under the other: its notes, its rows, and below each unfolded row what it unfolds to."""

from bisect import bisect_right
from collections.abc import Collection
from typing import Final, NamedTuple

from explorer.render.piece import Line
from explorer.render.sheet import Row, Sheet

NEAR: Final = 64


class Spot(NamedTuple):
    """What stands on a line. row: its index in the sheet, -1 for a note. inner: which line of what it unfolds to, -1 for the row
    itself. item: the row that it belongs to, None for a note.
    """

    row: int
    inner: int
    line: Line
    item: Row | None


class Folds:
    """Positions are lines. Rows may be lazy: only those that are asked for, or open, are made."""

    def __init__(self, sheet: Sheet, opened: Collection[str] = (), columns: int = 80, hints: dict[str, int] | None = None) -> None:
        """opened: keys of unfolded rows. hints: where they were last; kept up to date, and shared from sheet to sheet."""
        self.sheet = sheet
        self.hints = {} if hints is None else hints
        self._notes = len(sheet.notes)
        found = {index: key for key in opened if (index := self.find(key)) is not None}
        self._opened: list[int] = []  # ascending
        self._inner: list[tuple[Line, ...]] = []
        self._starts: list[int] = []
        """The position of each unfolded row."""
        extra = 0
        for index in sorted(found):
            unfold = sheet.rows[index].unfold
            if unfold is None:
                continue
            self._opened.append(index)
            self._starts.append(self._notes + index + extra)
            self._inner.append(unfold(columns))
            extra += len(self._inner[-1])
        self._extra = extra

    def __len__(self) -> int:
        return self._notes + len(self.sheet.rows) + self._extra

    def find(self, key: str) -> int | None:
        """The index of the row with this key: where it was last, near there, or anywhere."""
        rows = self.sheet.rows
        if (place := getattr(rows, "place", None)) is not None:
            found: int | None = place(key)
            return found
        hint = self.hints.get(key, 0)
        near = range(max(0, hint - NEAR), min(len(rows), hint + NEAR))
        for index in (*near, *range(near.start), *range(near.stop, len(rows))):
            if rows[index].key == key:
                self.hints[key] = at = int(index)
                return at
        return None

    def position(self, row: int) -> int:
        """The line on which a row stands."""
        before = bisect_right(self._opened, row - 1)
        return self._notes + row + sum(len(lines) for lines in self._inner[:before])

    def at(self, position: int) -> Spot:
        """What stands on a line. Raises IndexError outside."""
        if not 0 <= position < len(self):
            raise IndexError(position)
        if position < self._notes:
            return Spot(-1, -1, self.sheet.notes[position], None)
        block = bisect_right(self._starts, position) - 1
        before = sum(len(lines) for lines in self._inner[: max(0, block)])
        if block >= 0:
            inner = position - self._starts[block] - 1
            lines = self._inner[block]
            if inner < 0:
                return self._whole(self._opened[block])
            if inner < len(lines):
                return Spot(self._opened[block], inner, lines[inner], self.sheet.rows[self._opened[block]])
            before += len(lines)
        return self._whole(position - self._notes - before)

    def _whole(self, index: int) -> Spot:
        row = self.sheet.rows[index]
        return Spot(index, -1, row.line, row)

    def is_open(self, index: int) -> bool:
        """Whether a row is unfolded."""
        return index in self._opened
