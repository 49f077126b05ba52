"""procdive fds --sort: rows of all processes by one of their facts, which can be printed only when all are known."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from explorer.model.opened import LARGEST_FIRST, SORTS, Opened
from explorer.model.opened import Owner as Holder
from explorer.model.process import ProcessId
from explorer.query.inet import NotUnderstood
from explorer.query.thing import Owner, Thing

ALIASES: Final = {"pid": "process", "comm": "command", "fd": "descriptor", "name": "target", "path": "target", "pos": "position"}
NEVER: Final = frozenset({"rate"})
"""What one listing cannot know."""


class Order(NamedTuple):
    """key: of model.opened.SORTS."""

    key: str
    descending: bool = False

    def sorted(self, rows: Iterable[tuple[Owner, list[Thing]]]) -> Iterator[tuple[Owner, list[Thing]]]:
        """A row at a time."""
        found = [
            (Opened(Holder(ProcessId(owner.pid, 0), owner.comm, owner.user), thing), owner, thing)
            for owner, things in rows
            for thing in things
        ]
        found.sort(key=lambda row: (row[1].pid, getattr(row[2], "number", -1)))
        by = SORTS[self.key]
        found.sort(key=lambda row: by(row[0]), reverse=self.descending)
        return ((owner, [thing]) for _, owner, thing in found)


def opened(owner: Owner, thing: Thing) -> Opened:
    """As those who sort have it."""
    return Opened(Holder(ProcessId(owner.pid, 0), owner.comm, owner.user, owner.uid), thing)


def sorting(text: str) -> Order:
    """--sort; - for the largest first, + for the smallest. Raises NotUnderstood."""
    word = text.lstrip("+-").lower()
    key = ALIASES.get(word, word)
    if key not in SORTS or key in NEVER:
        known = sorted({*SORTS, *ALIASES} - NEVER)
        raise NotUnderstood(f"nothing is sorted by {text}; there are {', '.join(known)}")
    return Order(key, text.startswith("-") or (key in LARGEST_FIRST and not text.startswith("+")))
