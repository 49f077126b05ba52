"""A text in the lines of a batch."""

from collections.abc import Sequence
from typing import Final

from explorer.model.batch import Batch, Kind
from explorer.trace.decoded import CallOf, what
from explorer.trace.raw import holding
from explorer.trace.text import STYLE, text
from explorer.trace.vocabulary import needle

KNOWN: Final = 20_000
"""Answers that are kept: what is done again and again is decoded once."""


class Finder:
    """Rows whose text has a query in it. sharp: capitals count."""

    def __init__(self, query: str, *, sharp: bool) -> None:
        self.query = query if sharp else query.lower()
        self.sharp = sharp
        self.needle = needle(query) if query.isascii() else b""
        """What must be among a row's bytes; b"" where decoding alone can tell."""
        self.known: dict[tuple[int, int, int, int, bytes], bool] = {}

    def rows(self, batch: Batch, rows: Sequence[int], call_of: CallOf, *, denied: bool = False) -> list[int]:
        """Those that have it; or, denied, those that have it not."""
        maybe: Sequence[int] = rows
        if self.needle:
            maybe = holding(batch, rows, [self.needle], lower=True)
            if any(batch.kinds[rows[0] : rows[-1] + 1]) if rows else False:
                # What is no call has words of its own, and there are few of them.
                others = [row for row in rows if batch.kinds[row] > Kind.PENDING]
                maybe = sorted({*maybe, *others})
        found = [row for row in maybe if self.has(batch, row, call_of)]
        if not denied:
            return found
        having = set(found)
        return [row for row in rows if row not in having]

    def has(self, batch: Batch, row: int, call_of: CallOf) -> bool:
        """Whether it is in a row's text."""
        key = batch.kinds[row], batch.arches[row], batch.numbers[row], batch.results[row], batch.payload(row)
        answer = self.known.get(key)
        if answer is None:
            line = text(what(batch, row, call_of, STYLE))
            answer = self.query in (line if self.sharp else line.lower())
            if len(self.known) >= KNOWN:
                self.known.clear()
            self.known[key] = answer
        return answer
