"""What stands in the tree, without a screen: its forest, the row that is selected, and where both are after a refresh.

The selection is a process, not a place: it stays on its process and, where that can be, on its line of the screen,
whatever comes and goes around it. One that ended stays to be read until the selection leaves it. Sorted by something
that changes (CPU, memory), the order is held for HOLD seconds after each move, while figures go on; and while the first
row is at the top and nothing is followed, the top stays, so that the list of the busiest is not scrolled away.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from explorer.model.family import Node
from explorer.model.order import STEADY
from explorer.model.process import ProcessId
from explorer.model.snapshot import Ended, Process, Snapshot
from explorer.model.tree import Forest, Row, View, grow

HOLD: Final = 3.0
NEAR: Final = 40
"""Rows: as far as a row moves between two tables, as a rule."""


class Outline:
    """selected, top: indexes of the current and of the first visible row; body: how many are visible; tags: who is tagged.

    The widget sets them as a person moves; show() and look() set them anew as the rows change.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.view = View()
        self.forest: Forest | None = None
        self.latest: Snapshot | None = None
        self.process: ProcessId | None = None
        self.selected = 0
        self.top = 0
        self.body = 1
        self.follow = False
        self.tags: dict[ProcessId, Process] = {}
        self.largest = 1
        self._clock = clock
        self._held_until = 0.0
        self._kept: Ended | None = None

    def __len__(self) -> int:
        return 0 if self.forest is None else len(self.forest)

    def row(self, index: int) -> Row:
        """A row with its newest figures."""
        assert self.forest is not None
        row = self.forest[index]
        if row.ended is None and self.latest is not None:
            now = self.latest.processes.get(row.process.id.pid)
            if now is not None and now is not row.process and now.id == row.process.id:
                return row._replace(process=now)
        return row

    def current(self) -> Row | None:
        """The selected row."""
        return self.row(self.selected) if 0 <= self.selected < len(self) else None

    def show(self, snapshot: Snapshot) -> None:
        """There is a new table."""
        self.latest = snapshot
        self.largest = max(self.largest, max(snapshot.processes, default=1))
        if self._clock() < self._held_until:
            snapshot = self._held(snapshot)
        self._grow(self._with_kept(snapshot))

    def look(self, view: View) -> None:
        """There is another wish."""
        self.view = view
        if self.forest is not None and self.latest is not None:
            self._grow(self._with_kept(self.latest))

    def moved(self, index: int) -> None:
        """A person selected a row."""
        self.hold()
        self.selected = index
        row = self.current()
        process = None if row is None else row.process.id
        if process != self.process:
            self.process, self._kept, self.follow = process, None, False

    def hold(self) -> None:
        """A person is at it: nothing changes places for a while."""
        self._held_until = self._clock() + HOLD

    def living(self, pid: int) -> Process | None:
        """The process that has this pid now, shown or not."""
        return None if self.latest is None else self.latest.processes.get(pid)

    def choose(self, pid: int) -> bool:
        """Select the living process of that pid, opening folds above it. False where it is not in the table, or not shown."""
        if self.forest is None or (process := self.living(pid)) is None:
            return False
        above, opened = self.forest.parent(process.id), set[ProcessId]()
        while above is not None and above not in opened:
            opened.add(above)
            above = self.forest.parent(above)
        if opened & self.view.folded:
            self.look(replace(self.view, folded=self.view.folded - opened))
        index = self.forest.find_pid(pid)
        if index is None:
            return False
        self.moved(index)
        return True

    def tag(self, process: Process) -> None:
        """Tag it; untag it where it is."""
        if self.tags.pop(process.id, None) is None:
            self.tags[process.id] = process

    def _held(self, snapshot: Snapshot) -> Snapshot:
        """The table with old figures for all that were there: what is sorted by does not change."""
        if self.forest is None or self.view.sort in STEADY:
            return snapshot
        old = self.forest.snapshot.processes
        return replace(snapshot, processes=held(old, snapshot.processes))

    def _with_kept(self, snapshot: Snapshot) -> Snapshot:
        """The table and in it the selected process, though it ended long ago."""
        process = self.process
        if process is None or self.forest is None:
            return snapshot
        now = snapshot.processes.get(process.pid)
        if now is not None and now.id == process:
            return snapshot
        seen = next((each for each in snapshot.ended if each.process.id == process), None)
        if seen is not None:
            self._kept = seen
            return snapshot
        if self._kept is None or self._kept.process.id != process:
            node = self.forest.family.node(process)
            if node is None:
                return snapshot
            self._kept = Ended(self.forest.family.nodes[node], snapshot.taken)
        return replace(snapshot, ended=(*snapshot.ended, self._kept))

    def _grow(self, snapshot: Snapshot) -> None:
        before = self.forest
        after = self.forest = grow(snapshot, self.view, before)
        if before is None:
            self._adopt(after, self.selected)
            return
        if after.order is not before.order:
            self._settle(before, after)
        self.clamp()

    def clamp(self) -> None:
        """No place outside the rows."""
        count = len(self)
        self.selected = max(0, min(self.selected, count - 1))
        self.top = max(0, min(self.top, count - self.body))

    def _adopt(self, after: Forest, index: int) -> None:
        self.selected = max(0, min(index, len(after) - 1))
        self.process = after[self.selected].process.id if len(after) else None

    def _settle(self, before: Forest, after: Forest) -> None:
        line = self.selected - self.top
        index = None if self.process is None else near(after, self.process, self.selected)
        if index is not None and after.view.wanted is not before.view.wanted and after[index].ancestor:
            index = None
        if index is None:
            index = self._substitute(before, after)
            self._kept = None
            self._adopt(after, index)
        else:
            self.selected = index
        stays = self.top == 0 and not self.follow and self.view.sort not in STEADY
        if stays and line < self.body:
            return
        if 0 <= line < self.body:
            self.top = index - line
        else:
            self.top = self._anchor(before, after)

    def _substitute(self, before: Forest, after: Forest) -> int:
        """Where to go when the selected row is not shown any more: to the fold that hides it, to a hit, to a neighbour."""
        above = None if self.process is None else after.parent(self.process)
        while above is not None:
            if (index := after.find(above)) is not None and after[index].folded:
                return index
            above = after.parent(above)
        if after.sieve is not None and after.view.wanted is not before.view.wanted:
            return next((at for at, row in enumerate(after) if row.hit), 0)
        return self._anchor_from(before, after, self.selected)

    def _anchor(self, before: Forest, after: Forest) -> int:
        """The new top that keeps the first visible row where it is."""
        return self._anchor_from(before, after, self.top)

    def _anchor_from(self, before: Forest, after: Forest, index: int) -> int:
        """Where the row that stood at index stands, or the nearest below it, or above it."""
        order = before.order
        for at in (*range(index, len(order)), *range(min(index, len(order)) - 1, -1, -1)):
            found = after.find(identity(before, order[at]))
            if found is not None:
                return found
        return 0


def near(forest: Forest, process: ProcessId, index: int) -> int | None:
    """Where a process stands, looked for around an index first: Forest.find makes an index of all rows."""
    node, order = forest.family.node(process), forest.order
    if node is None:
        return None
    for at in range(max(0, index - NEAR), min(len(order), index + NEAR)):
        if order[at] == node:
            return at
    return forest.find(process)


def identity(forest: Forest, node: Node) -> ProcessId:
    """Who a node is."""
    return forest.family.nodes[node].id


def held(old: Mapping[int, Process], new: Mapping[int, Process]) -> dict[int, Process]:
    """The new table, with the old object for each process that is in both, where it still stands in the same place."""
    out = {}
    for pid, process in new.items():
        was = old.get(pid)
        same = was is process or (was is not None and place(was) == place(process))
        out[pid] = was if was is not None and same else process
    return out


def place(process: Process) -> tuple[ProcessId, int, bool]:
    """What decides where a process stands in the tree, sorting apart. A kernel thread may become a process (a usermode helper's exec)."""
    return process.id, process.ppid, process.is_kernel_thread
