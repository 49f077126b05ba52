"""Which of all that processes hold is meant, as lsof puts its options together.

Terms of one sort (two -p, two -i) are alternatives. Different sorts are alternatives too, unless `together` (-a): then each
sort must be met. What is left out (^812, ^root, ^mem, states of -s) is left out first, whatever else is asked. Without any
term everything is meant.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from explorer.model.keeping import WAYS, Keeping
from explorer.query.thing import Owner, Thing

NOTHING: Final[frozenset[int]] = frozenset()
EVERY_WAY: Final = frozenset(WAYS)


@dataclass(frozen=True, slots=True)
class Term:
    """sort: what it is an alternative to. option: how it was written. owner, thing: what it asks of a process, or of what one holds: one
    of them. nothing: what there is not where nothing meets it. ways: which of model.keeping.WAYS may meet it.
    """

    sort: str
    option: str
    owner: Callable[[Owner], bool] | None = None
    thing: Callable[[Thing], bool] | None = None
    nothing: str = ""
    ways: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Selection:
    """terms, together: as above. not_owner, not_thing: what is left out. keepings: whether what a process keeps without a descriptor is
    meant where only the process was asked for; else it is only where a term asks for the file itself.
    """

    terms: tuple[Term, ...] = ()
    not_owner: tuple[Callable[[Owner], bool], ...] = ()
    not_thing: tuple[Callable[[Thing], bool], ...] = ()
    together: bool = False
    keepings: bool = False

    @cached_property
    def _of_owner(self) -> tuple[tuple[int, Callable[[Owner], bool]], ...]:
        return tuple((index, term.owner) for index, term in enumerate(self.terms) if term.owner is not None)

    @cached_property
    def _of_thing(self) -> tuple[tuple[int, Callable[[Thing], bool]], ...]:
        return tuple((index, term.thing) for index, term in enumerate(self.terms) if term.thing is not None)

    @cached_property
    def _process_sorts(self) -> frozenset[str]:
        return frozenset(self.terms[index].sort for index, _ in self._of_owner)

    @cached_property
    def _thing_sorts(self) -> frozenset[str]:
        return frozenset(self.terms[index].sort for index, _ in self._of_thing)

    @property
    def asks_for_processes(self) -> bool:
        """Whether some processes are meant, or are not."""
        return bool(self._of_owner or self.not_owner)

    @property
    def ways(self) -> frozenset[str]:
        """Which of model.keeping.WAYS may be meant; of the others nobody need know anything."""
        if self.keepings and not self._of_thing:
            return EVERY_WAY
        sorts = [frozenset().union(*(term.ways for term in self.terms if term.sort == sort)) for sort in self._thing_sorts]
        if self.together:
            return EVERY_WAY.intersection(*sorts) if sorts else frozenset()
        return EVERY_WAY if self.keepings else frozenset().union(*sorts)

    @property
    def asks_for_sockets(self) -> bool:
        """Whether it matters what a socket is: to -i, -U, -s, and to files, which may be a unix socket's name."""
        return bool(self.not_thing or self._thing_sorts & {"inet", "unix", "file"})

    @property
    def only_sockets(self) -> bool:
        """Whether nothing but sockets can be meant."""
        return bool(self._thing_sorts) and self._thing_sorts <= {"inet", "unix"} and (self.together or not self._of_owner)

    def process(self, owner: Owner) -> frozenset[int] | None:
        """The terms that the process itself meets; None where nothing that it holds can be meant, so that nobody need look."""
        if any(left_out(owner) for left_out in self.not_owner):
            return None
        met = frozenset(index for index, asks in self._of_owner if asks(owner))
        if self.together:
            return met if self._sorts(met) >= self._process_sorts else None
        return met if met or self._of_thing or not self.terms else None

    def chosen(self, met: frozenset[int], thing: Thing) -> frozenset[int] | None:
        """The terms for which it is meant, given those that its process meets; None where it is not."""
        if any(left_out(thing) for left_out in self.not_thing):
            return None
        here = frozenset(index for index, asks in self._of_thing if asks(thing)) if self._of_thing else NOTHING
        if self.together and self._sorts(here) < self._thing_sorts:
            return None
        if isinstance(thing, Keeping) and not here and not self.keepings:
            return None
        return met | here if met or here or not self.terms else None

    def _sorts(self, met: Iterable[int]) -> frozenset[str]:
        return frozenset(self.terms[index].sort for index in met)
