"""What rows are sorted by, and sorting only those groups of siblings in which something moved."""

from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

from explorer.model.family import Family, Node, place
from explorer.model.snapshot import Process

SORTS: Final[dict[str, Callable[[Process], Any]]] = {
    "pid": attrgetter("id.pid"),
    "ppid": attrgetter("ppid"),
    "user": attrgetter("user"),
    "cpu": attrgetter("cpu"),
    "rss": attrgetter("rss"),
    "vsize": attrgetter("vsize"),
    "time": lambda p: p.utime + p.stime,
    "start": attrgetter("id.start"),
    "state": attrgetter("state"),
    "threads": attrgetter("threads"),
    "nice": attrgetter("nice"),
    "priority": attrgetter("priority"),
    "tty": attrgetter("tty"),
    "command": attrgetter("command"),
}
"""By what: among siblings in the tree, among all in the list. Ties by pid, ascending."""

LARGEST_FIRST: Final = frozenset({"cpu", "rss", "vsize", "time", "threads"})
"""Sorts in which a person who names them expects the largest at the top."""

STEADY: Final = frozenset({"pid", "start"})
"""Sorts in which a process that lives never moves."""

Groups = Mapping[Node | None, Sequence[Node]]


def order(family: Family, sort: str, descending: bool) -> Groups:
    """All groups of siblings, each in order."""
    return {parent: arranged(group, family, sort, descending) for parent, group in family.groups.items()}


def reorder(
    family: Family, sort: str, descending: bool, old: Family, ordered: Groups, dirty: Iterable[Node | None], changed: Iterable[int]
) -> tuple[Groups, bool]:
    """The same, taken over from `ordered`, the order of `old`, and whether anything moved. dirty: whose group is another one
    now. changed: pids whose process is."""
    groups = set(dirty)
    groups.update(family.parents[node] for node in shifted(family, sort, old, changed))
    if not groups:
        return ordered, False
    fresh, moved = dict(ordered), False
    for parent in groups:
        if parent not in family.groups:
            moved |= fresh.pop(parent, None) is not None
            continue
        group = arranged(family.groups[parent], family, sort, descending)
        if fresh.get(parent) != group:
            fresh[parent], moved = group, True
    return fresh, moved


def shifted(family: Family, sort: str, old: Family, changed: Iterable[int]) -> list[int]:
    """Those of the changed pids whose place may be another one, because what is sorted by is not what it was."""
    if sort in STEADY:
        return []
    key, now, was = SORTS[sort], family.live, old.live
    return [pid for pid in changed if pid in was and pid in now and key(was[pid]) != key(now[pid])]


def arranged(group: Sequence[Node], family: Family, sort: str, descending: bool) -> list[Node]:
    """One group in order; it comes in the order of the pids."""
    if sort == "pid":
        return list(group)[::-1] if descending else list(group)
    keys = list(map(SORTS[sort], map(family.nodes.__getitem__, group)))
    return [group[at] for at in sorted(range(len(keys)), key=keys.__getitem__, reverse=descending)]


def flat(family: Family, sort: str, descending: bool) -> list[Node]:
    """All as one group."""
    rows: list[Node] = [*sorted(family.live)]
    for group in family.ended.values():
        for each in group:
            insort(rows, each, key=place)
    return arranged(rows, family, sort, descending)
