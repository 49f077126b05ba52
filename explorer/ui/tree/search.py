"""Incremental search in the rows of the tree: capitals count once one is typed, as in the filter."""

from collections.abc import Callable
from dataclasses import dataclass, field

from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.model.tree import Forest
from explorer.query.processes import Filter, parse


@dataclass(frozen=True, slots=True)
class Search:
    """text: what is looked for, as one text: in the command, in comm, or a pid's beginning. spans: where it stands in a shown text."""

    text: str
    wanted: Filter
    _counted: list[tuple[object, tuple[int, ...]]] = field(default_factory=list, compare=False)

    def __call__(self, process: Process) -> bool:
        return self.wanted(process) or (self.text.isdigit() and str(process.id.pid).startswith(self.text))

    @property
    def spans(self) -> Callable[[str], list[tuple[int, int]]]:
        return self.wanted.spans

    def rows(self, forest: Forest) -> tuple[int, ...]:
        """The indexes of the rows that are hits; looked for once for each order of rows."""
        if not self._counted or self._counted[-1][0] is not forest.order:
            nodes = forest.family.nodes
            self._counted[:] = [(forest.order, tuple(at for at, node in enumerate(forest.order) if self(nodes[node])))]
        return self._counted[-1][1]

    def next(self, forest: Forest, after: int, step: int) -> int | None:
        """The first hit beyond a row, downwards (step 1) or upwards (-1), around the end; None where there is none."""
        hits = self.rows(forest)
        if not hits:
            return None
        if step > 0:
            return next((hit for hit in hits if hit > after), hits[0])
        return next((hit for hit in reversed(hits) if hit < after), hits[-1])

    def hidden(self, forest: Forest) -> ProcessId | None:
        """A living hit that is not among the rows because a fold hides it."""
        return next((each.id for each in forest.family.live.values() if self(each) and forest.find(each.id) is None), None)

    def count(self, forest: Forest, selected: int) -> str:
        """"2 of 5" where the selected row is the second hit, else "5"."""
        hits = self.rows(forest)
        return f"{hits.index(selected) + 1} of {len(hits)}" if selected in hits else str(len(hits))


def search(text: str) -> Search | None:
    """None for an empty text."""
    if not text:
        return None
    wanted = parse('"' + text.replace('"', "") + '"')
    return Search(text, wanted) if isinstance(wanted, Filter) and wanted.tests else None
