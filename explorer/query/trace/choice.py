"""A set, or everything but it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """`in` says whether a thing is chosen. but: everything is, except items."""

    items: frozenset[T] = frozenset()
    but: bool = False

    def __contains__(self, item: T) -> bool:
        return (item in self.items) != self.but

    def denied(self) -> "Choice[T]":
        """The opposite."""
        return Choice(self.items, not self.but)
