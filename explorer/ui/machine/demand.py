"""What a person wants to see of all open files, and the picture that answers it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from explorer.model.opened import Key, Looked, Opened


@dataclass(frozen=True, slots=True)
class Demand:
    """text: of the filter. sort: a key of model.opened.SORTS. group: of GROUPS. unfolded: labels of groups that are open.
    places: cwd, root, executable and mapped files too.
    """

    text: str = ""
    sort: str = "process"
    descending: bool = False
    group: str = ""
    unfolded: frozenset[object] = frozenset()
    places: bool = False


@dataclass(slots=True, eq=False)
class Group:
    """Rows that have something in common, in order. kinds: how many of each; pids: whose they are."""

    label: object
    rows: list[Opened] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    pids: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """demand: which one it answers. rows: what the filter wants, in order; groups: the same in groups, () for a list, and lines, at which
    line each of them begins. chosen: the line of the row that was asked for, -1 where it is not there. tested: which share of what is
    kept the filter was asked about. now: on the clock of the rows. largest: the highest PID and descriptor number.
    """

    demand: Demand
    rows: Sequence[Opened] = ()
    groups: Sequence[Group] = ()
    lines: Sequence[int] = ()
    looked: Looked = field(default_factory=Looked)
    chosen: int = -1
    tested: float = 1.0
    now: float = 0.0
    largest: tuple[int, int] = (0, 0)

    def __len__(self) -> int:
        if not self.demand.group:
            return len(self.rows)
        if not self.groups:
            return 0
        last = self.groups[-1]
        return self.lines[-1] + 1 + (len(last.rows) if last.label in self.demand.unfolded else 0)

    def at(self, line: int) -> Opened | Group:
        """What stands on a line. Raises IndexError outside."""
        if not self.demand.group:
            return self.rows[line]
        if not 0 <= line < len(self):
            raise IndexError(line)
        index = bisect_right(self.lines, line) - 1
        inner = line - self.lines[index] - 1
        return self.groups[index] if inner < 0 else self.groups[index].rows[inner]


def identity(item: Opened | Group) -> Key | object:
    """What a line is from picture to picture."""
    return item.key if isinstance(item, Opened) else ("group", item.label)
