"""A text in the lines of a batch."""

from collections.abc import Sequence

from explorer.model.batch import Batch
from explorer.trace.decoded import CallOf, what
from explorer.trace.text import STYLE, text


class Finder:
    """Rows whose text has a query in it. sharp: capitals count."""

    def __init__(self, query: str, *, sharp: bool) -> None:
        self.query = query if sharp else query.lower()
        self.sharp = sharp

    def rows(self, batch: Batch, rows: Sequence[int], call_of: CallOf, *, denied: bool = False) -> list[int]:
        """Those that have it; or, denied, those that have it not."""
        return [row for row in rows if self.has(batch, row, call_of) != denied]

    def has(self, batch: Batch, row: int, call_of: CallOf) -> bool:
        """Whether it is in a row's text."""
        line = text(what(batch, row, call_of, STYLE))
        return self.query in (line if self.sharp else line.lower())
