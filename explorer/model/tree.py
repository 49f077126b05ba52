"""From a snapshot to the rows of the screen, in order: a forest by parent pid, or a list.

    rows = grow(snapshot, View(sort="cpu", descending=True), before)     before: the forest of the last tick, or None
    len(rows); rows[7]; rows[7:40]                                      each a Row, made when it is asked for
    rows.find(process.id)                                               where it stands, None where it is not shown

What did not change since `before` is taken over from it: a tick in which nothing moved costs next to nothing, one that
moved a few processes costs their siblings. Processes are compared by identity (collect/snapshot.py makes no new object
for an unchanged one). Nothing that was handed out changes afterwards, so forests may be kept, skipped and shared.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from explorer.model.family import Family, Node, family
from explorer.model.order import Groups, flat, order, reorder, shifted
from explorer.model.process import ProcessId
from explorer.model.snapshot import Ended, Process, Snapshot


@dataclass(frozen=True, slots=True)
class View:
    """What a person chose to see.

    flat: a list instead of a tree. sort: a key of order.SORTS. folded: whose descendants are not shown. kernel: kernel
    threads too. wanted: a filter (query.processes makes them); in the tree its hits stay with their ancestors and
    descendants, in the list alone. A fold above a hit does not hide it. Keep the same `wanted` object from tick to tick.
    """

    flat: bool = False
    sort: str = "pid"
    descending: bool = False
    folded: frozenset[ProcessId] = frozenset()
    kernel: bool = False
    wanted: Callable[[Process], bool] | None = None


class Row(NamedTuple):
    """One process in its place.

    depth: 0 for a root, and in the list. rails: for each ancestor below the root, outermost first, whether its line goes
    on beside this row (depth - 1 of them). last: whether it is the last shown child of its parent. children: how many are
    directly below it, shown or not. folded: whether a fold hides them; hidden: how many living descendants it then hides.
    hit: what the filter wants, True without a filter. ancestor: kept only for hits below it (dim). ended: set where it is
    gone. born: first seen a moment ago.
    """

    process: Process
    depth: int = 0
    rails: tuple[bool, ...] = ()
    last: bool = True
    children: int = 0
    folded: bool = False
    hidden: int = 0
    hit: bool = True
    ancestor: bool = False
    ended: Ended | None = None
    born: bool = False


class Sums(NamedTuple):
    """Of a process and everything alive below it: how many, per cent of one core, bytes resident (shared pages counted each time)."""

    processes: int
    cpu: float
    rss: int


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a filter does to the tree. wanted: its word on each. kept: all rows that stay. above: those with a hit below them."""

    wanted: Mapping[Node, bool]
    kept: frozenset[Node]
    above: frozenset[Node]


@dataclass(frozen=True)
class Forest:
    """Rows in their order. total: living processes that could be shown. hits: how many of them the filter wants (all, without one)."""

    snapshot: Snapshot
    view: View
    family: Family
    ordered: Groups
    order: Sequence[Node]
    sieve: Sieve | None
    total: int
    hits: int
    _shown: dict[Node | None, Sequence[Node]] = field(default_factory=dict, repr=False, compare=False)
    _leads: dict[Node | None, tuple[bool, ...]] = field(default_factory=dict, repr=False, compare=False)
    """For each node below which a row was asked for: whether the lines of its ancestors and its own go on, outermost first."""

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, index: int) -> Row:
        return self._row(self.order[index])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self.order)

    def rows(self, first: int, last: int) -> list[Row]:
        """The rows from first to before last."""
        return [self._row(node) for node in self.order[first:last]]

    def find(self, process: ProcessId) -> int | None:
        """The position of a process, alive or ended; None where it is not among the rows (folded, filtered, kernel, gone)."""
        node = self.family.node(process)
        return None if node is None else self._positions.get(node)

    def find_pid(self, pid: int) -> int | None:
        """The position of the living process of that pid."""
        return self._positions.get(pid)

    def parent(self, process: ProcessId) -> ProcessId | None:
        """Who it hangs under here; None for a root and for what is not here."""
        node = self.family.node(process)
        above = None if node is None else self.family.parents[node]
        return None if above is None else self.family.nodes[above].id

    def descendants(self, process: ProcessId) -> list[Process]:
        """Everything alive below it, folded and filtered away too, in no particular order."""
        node = self.family.node(process)
        return [] if node is None else [self.family.live[each] for each in self.family.below(node) if isinstance(each, int)]

    def sums(self, process: ProcessId) -> Sums:
        """Of the process and all its descendants, whatever is folded or filtered."""
        members = self.descendants(process)
        node = self.family.node(process)
        if isinstance(node, int):
            members.append(self.family.live[node])
        return Sums(len(members), sum(each.cpu for each in members), sum(each.rss for each in members))

    @cached_property
    def _positions(self) -> dict[Node, int]:
        return {node: at for at, node in enumerate(self.order)}

    @cached_property
    def _ended(self) -> dict[ProcessId, Ended]:
        return {ended.process.id: ended for ended in self.snapshot.ended}

    def _siblings(self, parent: Node | None) -> Sequence[Node]:
        """The shown children of a node, in order."""
        group = self.ordered.get(parent, ())
        if self.sieve is None:
            return group
        if parent not in self._shown:
            self._shown[parent] = [node for node in group if node in self.sieve.kept]
        return self._shown[parent]

    def _lead(self, node: Node | None) -> tuple[bool, ...]:
        """See _leads; () above the roots."""
        missing = []
        while node is not None and node not in self._leads:
            missing.append(node)
            node = self.family.parents[node]
        lead = () if node is None else self._leads[node]
        for each in reversed(missing):
            lead = self._leads[each] = (*lead, self._siblings(self.family.parents[each])[-1] != each)
        return lead

    def _row(self, node: Node) -> Row:
        process = self.family.nodes[node]
        hit = self.sieve is None or self.sieve.wanted[node]
        ended = None if isinstance(node, int) else self._ended.get(node)
        born = ended is None and bool(self.snapshot.born) and process.id in self.snapshot.born
        if self.view.flat:
            return Row(process, hit=hit, ended=ended, born=born)
        above = self.family.parents[node]
        lead = self._lead(above)
        opened = self.sieve is not None and node in self.sieve.above
        folded = bool(self.view.folded) and not opened and process.id in self.view.folded and node in self.family.groups
        return Row(
            process,
            depth=len(lead),
            rails=lead[1:],
            last=self._siblings(above)[-1] == node,
            children=len(self.family.groups.get(node, ())),
            folded=folded,
            hidden=sum(isinstance(each, int) for each in self.family.below(node)) if folded else 0,
            hit=hit,
            ancestor=opened and not hit,
            ended=ended,
            born=born,
        )


def grow(snapshot: Snapshot, view: View, before: Forest | None = None) -> Forest:
    """The rows of a snapshot as a view wants them. No process is lost: where the parent is not there or not shown (a
    kernel thread), or a race made a circle of parents, the row is a root."""
    if before is not None and before.view.kernel != view.kernel:
        before = None
    if before is None:
        people, dirty, changed = family(snapshot, view.kernel)
    else:
        people, dirty, changed = family(snapshot, view.kernel, before.family, before.snapshot)
    same_order = before is not None and sorting(before.view) == sorting(view)
    ordered: Groups
    if view.flat:
        moved = not same_order or before is None or bool(dirty) or bool(shifted(people, view.sort, before.family, changed))
        ordered = {None: flat(people, view.sort, view.descending)} if moved or before is None else before.ordered
    elif same_order and before is not None:
        ordered, moved = reorder(people, view.sort, view.descending, before.family, before.ordered, dirty, changed)
    else:
        ordered, moved = order(people, view.sort, view.descending), True
    sieve = None if view.wanted is None else sifted(people, view, before)
    hits = len(people.live) if sieve is None else sum(sieve.wanted[pid] for pid in people.live)
    if before is not None and not moved and same_rows(sieve, before.sieve) and before.view.folded == view.folded:
        rows = before.order
    elif view.flat:
        rows = ordered[None] if sieve is None else [node for node in ordered[None] if node in sieve.kept]
    else:
        folded = {node for each in view.folded if (node := people.node(each)) is not None}
        rows = walked(ordered, folded if sieve is None else folded - sieve.above, None if sieve is None else sieve.kept)
    return Forest(snapshot, view, people, ordered, rows, sieve, len(people.live), hits)


def sorting(view: View) -> tuple[str, bool, bool]:
    """What the order of siblings depends on."""
    return view.sort, view.descending, view.flat


def same_rows(one: Sieve | None, other: Sieve | None) -> bool:
    """Whether two sieves let the same rows through."""
    if one is None or other is None:
        return one is other
    return one.kept == other.kept and one.above == other.above


def sifted(people: Family, view: View, before: Forest | None) -> Sieve:
    """The filter's word on each process (asked again only of those that changed), and what that keeps."""
    wish = view.wanted
    assert wish is not None
    if before is not None and before.sieve is not None and before.view.wanted is wish:
        was, known = before.family.nodes, before.sieve.wanted
        wanted = {node: known[node] if was.get(node) is process else bool(wish(process)) for node, process in people.nodes.items()}
    else:
        wanted = {node: bool(wish(process)) for node, process in people.nodes.items()}
    hits = [node for node, yes in wanted.items() if yes]
    if view.flat:
        return Sieve(wanted, frozenset(hits), frozenset())
    kept: set[Node] = set()
    above: set[Node] = set()
    for hit in hits:
        at = people.parents[hit]
        while at is not None and at not in above:
            above.add(at)
            at = people.parents[at]
        todo = [hit]
        while todo:
            node = todo.pop()
            if node not in kept:
                kept.add(node)
                todo.extend(people.groups.get(node, ()))
    return Sieve(wanted, frozenset(kept | above), frozenset(above))


def walked(ordered: Groups, folded: set[Node], kept: frozenset[Node] | None) -> list[Node]:
    """All shown rows from the top to the bottom. The parents make no circle (family.py cut them)."""
    out: list[Node] = []
    inner = ordered.keys() - folded
    todo = [iter(ordered.get(None, ()))]
    while todo:
        for node in todo[-1]:
            if kept is not None and node not in kept:
                continue
            out.append(node)
            if node in inner:
                group = ordered[node]
                if kept is None and inner.isdisjoint(group):
                    out.extend(group)
                    continue
                todo.append(iter(group))
                break
        else:
            todo.pop()
    return out
