"""Rows that are made when they are looked at: of sixty thousand only those on the screen."""

from collections.abc import Callable, Sequence
from typing import overload

from explorer.render.sheet import Row


class LazyRows(Sequence[Row]):
    """make: index → row. Keeps none: a row is asked for once a drawing."""

    def __init__(self, count: int, make: Callable[[int], Row]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self._make(each) for each in range(*index.indices(self._count))]
        if not -self._count <= index < self._count:
            raise IndexError(index)
        return self._make(index % self._count)
