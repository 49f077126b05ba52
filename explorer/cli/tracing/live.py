"""A table that is drawn anew in its place, on the terminal's other screen, so that what was there before comes back."""

import io
import os
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, Self

from explorer.cli.output import Output
from explorer.render.piece import Line

EVERY: Final = 1.0
"""Seconds between two pictures."""
ENTER: Final = "\x1b[?1049h\x1b[?25l"
LEAVE: Final = "\x1b[?25h\x1b[?1049l"


class Live:
    """`with Live(out, wanted) as live:`. on: out is a terminal that can, and it is wanted. Otherwise draw does nothing."""

    def __init__(self, out: Output, *, wanted: bool = True, every: float = EVERY) -> None:
        self.out = out
        self.every = every
        self.on = wanted and out.out.isatty() and os.environ.get("TERM") not in {None, "dumb"}
        self._entered = False
        self._last = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.leave()

    def draw(self, lines: Callable[[int, int], Sequence[Line]]) -> None:
        """If it is time: lines(columns, rows) of the terminal as it is now, none longer, no more than that."""
        if not self.on or time.monotonic() < self._last + self.every:
            return
        self._last = time.monotonic()
        columns, rows = size(self.out)
        written = Output(io.StringIO(), self.out.err)
        written.colour, written.ascii = self.out.colour, self.out.ascii
        for line in lines(columns, rows)[:rows]:
            written.line(line)
        assert isinstance(written.out, io.StringIO)
        # Each line is cleared first: after its last column the cursor stands on that column.
        picture = "\r\n".join(f"\x1b[2K{text}" for text in written.out.getvalue().split("\n")[:-1])
        self.out.out.write(f"{'' if self._entered else ENTER}\x1b[H{picture}\x1b[J")
        self._entered = True
        self.out.out.flush()

    def leave(self) -> None:
        """Back to what was there before; any number of times."""
        if self._entered:
            self._entered = False
            self.out.out.write(LEAVE)
            self.out.out.flush()


def size(out: Output) -> tuple[int, int]:
    """Columns and rows of the terminal that it is; 80 and 24 where that is not known, (0, 0) where it is none."""
    if not out.out.isatty():
        return 0, 0
    try:
        columns, rows = os.get_terminal_size(out.out.fileno())
    except (OSError, ValueError):
        columns, rows = 0, 0
    return columns or 80, rows or 24
