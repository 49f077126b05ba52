"""Who hangs under whom: the structure of the process tree, taken over from the last one as far as it still holds."""

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import is_not
from typing import Final

from explorer.model.process import ProcessId
from explorer.model.snapshot import Process, Snapshot

FEW: Final = 100
"""So many are put where they belong one by one: a large group is not sorted anew for a few."""

Node = int | ProcessId
"""A row's name: the pid of a process that lives, the ProcessId of one that ended (its pid may live again)."""


@dataclass(frozen=True, slots=True)
class Family:
    """nodes: every process, ended ones too. parents: None for a root. groups: children by parent (None: the roots), by pid.

    live: those of nodes that live, by pid. ended: nodes that do not, by pid. Never changed once made.
    """

    nodes: Mapping[Node, Process]
    parents: Mapping[Node, Node | None]
    groups: Mapping[Node | None, Sequence[Node]]
    live: Mapping[int, Process]
    ended: Mapping[int, Sequence[ProcessId]]

    def node(self, process: ProcessId) -> Node | None:
        """The node of a process, alive or ended; None where there is none."""
        known = self.live.get(process.pid)
        if known is not None and known.id == process:
            return process.pid
        return process if process in self.nodes else None

    def below(self, node: Node) -> Iterable[Node]:
        """All descendants, in no particular order."""
        todo = list(self.groups.get(node, ()))
        while todo:
            each = todo.pop()
            yield each
            todo.extend(self.groups.get(each, ()))


EMPTY = Family({}, {}, {}, {}, {})


def family(
    snapshot: Snapshot, kernel: bool, old: Family = EMPTY, before: Snapshot | None = None
) -> tuple[Family, set[Node | None], Sequence[int]]:
    """The structure of a snapshot, kernel threads only where wanted; the parents whose group of children changed; the pids
    whose process is not the same object as before.

    old: the structure of `before`, made with the same `kernel`. A process whose parent is not there is a root; so is one of
    each circle of parents (a race: the pids of two reads can contradict each other).
    """
    processes = snapshot.processes
    was: Mapping[int, Process] = before.processes if before is not None else {}
    over = {end.process.id: end.process for end in snapshot.ended if kernel or not end.process.is_kernel_thread}
    changed = [] if processes is was else differing(processes, was)
    gone: list[Node] = [] if processes is was or old.live.keys() <= processes.keys() else [*(old.live.keys() - processes.keys())]
    gone += [each for group in old.ended.values() for each in group if each not in over]
    newly_ended = [each for each in over if each not in old.nodes]
    if not changed and not gone and not newly_ended:
        return old, set(), ()

    # A pid may be a kernel thread's now.
    gone += [pid for pid in changed if pid in old.live and not kernel and processes[pid].is_kernel_thread]
    nodes, live = dict(old.nodes), dict(old.live)
    for node in gone:
        del nodes[node]
        if isinstance(node, int):
            del live[node]
    moved: set[Node] = set(newly_ended)
    for pid in changed:
        process = processes[pid]
        if process.is_kernel_thread and not kernel:
            continue
        known = live.get(pid)
        if known is None or known.ppid != process.ppid:
            moved.add(pid)
        elif known.id != process.id:
            moved.add(pid)
            moved.update(old.groups.get(pid, ()))
        nodes[pid] = live[pid] = process
    for each in newly_ended:
        nodes[each] = over[each]
    if not moved and not gone:
        return Family(nodes, old.parents, old.groups, live, old.ended), set(), changed
    ended: dict[int, list[ProcessId]] = {}
    for each in over:
        ended.setdefault(each.pid, []).append(each)
    return *regrouped(old, Family(nodes, {}, {}, live, ended), moved, gone), changed


def differing(processes: Mapping[int, Process], was: Mapping[int, Process]) -> list[int]:
    """The pids whose process is new or another object."""
    if list(processes) == list(was):
        return list(compress(processes, map(is_not, processes.values(), was.values())))
    get = was.get
    return [pid for pid, process in processes.items() if get(pid) is not process]


def regrouped(old: Family, new: Family, moved: set[Node], gone: Sequence[Node]) -> tuple[Family, set[Node | None]]:
    """`new` with its parents and groups, and the parents whose groups changed, after some nodes moved and some went."""
    nodes, live = new.nodes, new.live
    for node in gone:
        moved.update(old.groups.get(node, ()))
    # Roots that say they have a parent: it may just have come, or the circle that was cut there is no more.
    moved.update(root for root in old.groups.get(None, ()) if root in nodes and nodes[root].ppid in live)
    moved &= nodes.keys()
    parents = dict(old.parents)
    for node in gone:
        del parents[node]
    for node in moved:
        parents[node] = parent_of(node, new)
    cut = circles(moved, parents)
    for node in cut:
        parents[node] = None

    lost: dict[Node | None, set[Node]] = {}
    found: dict[Node | None, list[Node]] = {}
    for node in gone:
        lost.setdefault(old.parents[node], set()).add(node)
    for node in moved.union(cut):
        if node in old.parents:
            if old.parents[node] == parents[node]:
                continue
            lost.setdefault(old.parents[node], set()).add(node)
        found.setdefault(parents[node], []).append(node)
    dirty: set[Node | None] = {*gone, *lost, *found}
    groups = dict(old.groups)
    for group in lost.keys() | found.keys():
        without = lost.get(group, set())
        members = [node for node in groups.get(group, ()) if node not in without]
        if len(found.get(group, ())) <= FEW:
            for node in found.get(group, ()):
                insort(members, node, key=place)
        else:
            members += found[group]
            members.sort(key=place)
        groups[group] = members
    for group in dirty:
        if not groups.get(group):
            groups.pop(group, None)
    return Family(nodes, parents, groups, live, new.ended), dirty


def place(node: Node) -> tuple[int, int]:
    """The order by pid; one that ended before the one that has its pid now."""
    return (node, 1 << 64) if isinstance(node, int) else (node.pid, node.start)


def parent_of(node: Node, among: Family) -> Node | None:
    """Who a node hangs under. What an ended process says of its parent is old: that pid may belong to a younger one now."""
    process = among.nodes[node]
    ppid, start = process.ppid, process.id.start
    above = among.live.get(ppid)
    if isinstance(node, int):
        return None if above is None or ppid == node else ppid
    if above is not None and above.id.start <= start and above.id != node:
        return ppid
    return max((each for each in among.ended.get(ppid, ()) if each.start <= start and each != node), default=None)


def circles(suspects: Iterable[Node], parents: Mapping[Node, Node | None]) -> set[Node]:
    """One node of each circle of parents, that with the smallest pid. Every circle has one of the suspects in it."""
    safe: set[Node | None] = {None}
    cut: set[Node] = set()
    for start in suspects:
        path: dict[Node, None] = {}
        at: Node | None = start
        while at is not None and at not in safe:
            if at in path:
                steps = list(path)
                cut.add(min(steps[steps.index(at) :], key=place))
                break
            path[at] = None
            at = parents.get(at)
        safe.update(path)
    return cut
