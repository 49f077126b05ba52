"""Filter, order and groups of very many rows, kept up to date as rows come and go. Pure; each step takes as long as it may."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from explorer.model.opened import GROUPS, SORTS, Opened, kind
from explorer.ui.machine.demand import Group

FEW: Final = 500
"""Rows that are put in their places one by one; more are sorted in."""
PORTION: Final = 20_000
"""Rows that are sorted at a time: no other thread runs meanwhile."""

Test = Callable[[Opened], bool]


class Arranging:
    """Rows that pass, in order. For one thread."""

    def __init__(self) -> None:
        self._test: Test = anything
        self._sort, self._descending = "process", False
        self._keys: list[Any] = []
        self._rows: list[Opened] = []
        self._pending: list[Opened] = []
        self._asked = 0
        self._gone: set[Opened] = set()

    @property
    def tested(self) -> float:
        """Which share of the rows the filter was asked about."""
        return 1.0 if not self._pending else self._asked / (self._asked + len(self._pending))

    @property
    def rows(self) -> list[Opened]:
        """A copy, in order: the other way round is the caller's affair where turned says so."""
        return self._rows[::-1] if self.turned else self._rows[:]

    @property
    def turned(self) -> bool:
        """Whether texts are wanted from the end: numbers have keys of their own for that."""
        return self._descending and not isinstance(self._keys[0][0] if self._keys else 0, int | float)

    def filter(self, test: Test, rows: Iterable[Opened]) -> None:
        """From now on only these of these rows."""
        self._test, self._pending, self._asked = test, list(rows)[::-1], 0
        self._keys, self._rows, self._gone = [], [], set()

    def sort(self, by: str, descending: bool) -> None:
        """In this order from now on."""
        if (by, descending) == (self._sort, self._descending):
            return
        self._sort, self._descending = by, descending
        rows, self._rows, self._keys = self._rows, [], []
        self._merge(rows)

    def change(self, fresh: Sequence[Opened], retired: Sequence[Opened]) -> None:
        """These have come, those are not there any more."""
        # A row may have come and gone within one step.
        dead = set(retired)
        if self._pending:
            self._gone |= dead
        self._remove(retired)
        passed = [row for row in fresh if row not in dead and self._test(row)]
        if len(passed) > FEW:
            self._merge(passed)
        else:
            for row in passed:
                key = self._key(row)
                at = bisect_left(self._keys, key)
                self._keys.insert(at, key)
                self._rows.insert(at, row)

    def work(self, until: Callable[[], bool]) -> bool:
        """Ask the filter about rows that it was not asked about, until that says so; True where all were."""
        passed = []
        while self._pending:
            portion = self._pending[-FEW:]
            del self._pending[-FEW:]
            self._asked += len(portion)
            passed += [row for row in portion if row not in self._gone and self._test(row)]
            if until():
                break
        if passed:
            self._merge(passed)
        if not self._pending:
            self._gone = set()
        return not self._pending

    def index(self, row: Opened) -> int:
        """Where a row stands in rows, -1 where it does not."""
        at = self._place(row)
        return at if at < 0 or not self.turned else len(self._rows) - 1 - at

    def _key(self, row: Opened) -> tuple[Any, ...]:
        what = SORTS[self._sort](row)
        return (
            -what if self._descending and isinstance(what, int | float) else what,
            row.owner.process.pid,
            row.owner.process.start,
            *row.slot,
        )

    def _place(self, row: Opened) -> int:
        at = bisect_left(self._keys, self._key(row))
        return at if at < len(self._rows) and self._rows[at] is row else -1

    def _remove(self, retired: Sequence[Opened]) -> None:
        if len(retired) > FEW:
            dead = set(retired)
            kept = [at for at, row in enumerate(self._rows) if row not in dead]
            self._rows, self._keys = [self._rows[at] for at in kept], [self._keys[at] for at in kept]
            return
        for row in retired:
            at = self._place(row)
            if at >= 0:
                del self._rows[at], self._keys[at]

    def _merge(self, rows: Sequence[Opened]) -> None:
        """Sort them in, a portion at a time; what is sorted already is merged at once."""
        new: list[tuple[tuple[Any, ...], int, Opened]] = []
        for begin in range(0, len(rows), PORTION):
            portion = [(self._key(row), begin + at, row) for at, row in enumerate(rows[begin : begin + PORTION])]
            portion.sort()
            new += portion
        if len(rows) > PORTION:
            new.sort()
        if not self._keys or (new and self._keys[-1] < new[0][0]):
            self._keys += [entry[0] for entry in new]
            self._rows += [entry[2] for entry in new]
            return
        whole = [*zip(self._keys, range(-len(self._keys), 0), self._rows, strict=True), *new]
        whole.sort()
        self._keys, self._rows = [entry[0] for entry in whole], [entry[2] for entry in whole]


def anything(_row: Opened) -> bool:
    """No filter."""
    return True


def grouped(rows: Iterable[Opened], by: str) -> list[Group]:
    """Groups of rows, the largest first; those alike by label."""
    label = GROUPS[by]
    found: dict[object, Group] = {}
    for row in rows:
        name = label(row)
        group = found.get(name)
        if group is None:
            group = found[name] = Group(name)
        group.rows.append(row)
        group.kinds[kind(row)] += 1
        group.pids[row.owner.process.pid] += 1
    return sorted(found.values(), key=lambda group: (-len(group.rows), str(group.label)))
