"""How a table of a trace is being looked at: sorted, filtered, what is selected and unfolded. Kept while another tab is shown."""

from collections.abc import Sequence
from typing import Any


class Standing:
    """sort: a key of the table's SORTS. by: what its rows add up. filters: texts that Escape goes back to, the last one holds. words: of
    the search. held: the rows as they were when they were held still, () where that is only wanted yet; None while they go on.
    chosen: key of the selected row, and which line of what it unfolds to, -1 for none."""

    def __init__(self, sort: str, by: str) -> None:
        self.sort, self.by = sort, by
        self.backwards = False
        self.filters: list[str] = [""]
        self.words = self.wrong = ""
        self.held: Sequence[Any] | None = None
        self.chosen: tuple[str, int] | None = None
        self.opened: set[str] = set()
        self.hints: dict[str, int] = {}
        self.selected = self.top = 0

    @property
    def text(self) -> str:
        """Of the filter that holds."""
        return self.filters[-1]
