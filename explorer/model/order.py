"""What rows are sorted by, and sorting only those groups of siblings in which something moved."""

from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from explorer.model.family import Family, Node, place
from explorer.model.snapshot import Process

SORTS: Final[dict[str, Callable[[Process], Any]]] = {
    "pid": lambda p: p.id.pid,
    "ppid": lambda p: p.ppid,
    "user": lambda p: p.user,
    "cpu": lambda p: p.cpu,
    "rss": lambda p: p.rss,
    "vsize": lambda p: p.vsize,
    "time": lambda p: p.utime + p.stime,
    "start": lambda p: p.id.start,
    "state": lambda p: p.state,
    "threads": lambda p: p.threads,
    "nice": lambda p: p.nice,
    "priority": lambda p: p.priority,
    "tty": lambda p: p.tty,
    "command": lambda p: p.command,
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


def reorder(family: Family, sort: str, descending: bool, old: Family, ordered: Groups, dirty: Iterable[Node | None]) -> tuple[Groups, bool]:
    """The same, taken over from `ordered`, the order of `old`; dirty: whose group is another one now. And whether anything moved."""
    groups = set(dirty)
    groups.update(family.parents[node] for node in shifted(family, sort, old))
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


def shifted(family: Family, sort: str, old: Family) -> list[Node]:
    """The nodes whose place may be another one, because what is sorted by changed."""
    if sort in STEADY or family.nodes is old.nodes:
        return []
    key, was = SORTS[sort], old.nodes
    changed = [(node, process) for node, process in family.nodes.items() if was.get(node) is not process]
    return [node for node, process in changed if node in was and key(was[node]) != key(process)]


def arranged(group: Iterable[Node], family: Family, sort: str, descending: bool) -> list[Node]:
    """One group in order; it comes in the order of the pids."""
    if sort == "pid":
        return list(group)[::-1] if descending else list(group)
    key, nodes = SORTS[sort], family.nodes
    keys = {node: key(nodes[node]) for node in group}
    return sorted(keys, key=keys.__getitem__, reverse=descending)


def flat(family: Family, sort: str, descending: bool) -> list[Node]:
    """All as one group."""
    rows: list[Node] = [*sorted(family.live)]
    for group in family.ended.values():
        for each in group:
            insort(rows, each, key=place)
    return arranged(rows, family, sort, descending)
