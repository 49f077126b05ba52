"""What processes hold, as rows under each other or as JSON Lines."""

import shutil
from collections.abc import Sequence
from typing import Any, Final

from explorer.cli.output import Output
from explorer.model.fd import Fd
from explorer.model.keeping import Keeping
from explorer.model.progress import Progress
from explorer.query.thing import Owner, Thing
from explorer.render.fd import Layout, columns_of, fd_line, padded
from explorer.render.fd_cells import cells
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.progress import moving
from explorer.render.record import record

WIDEST: Final = 120
PID, COMM = 7, 11
SEVERAL: Final = Layout(4, 11, 2, 44, WIDEST)
"""Of several processes, whose rows are not all known when the first is printed, where the output is no terminal."""
Moved = dict[tuple[int, int], Progress]
"""By pid and number."""
NAMED: Final = 4
"""Columns that cwd, root, exe and mem take where a number would be."""


class Table:
    """Prints one process after the other; the titles once. several: PID and COMMAND in front. keepings: rows without a number, too.

    moved: what is known of positions that move, by the time that a row is printed.
    """

    def __init__(self, out: Output, *, several: bool, keepings: bool = False, moved: Moved | None = None) -> None:
        self._moved = {} if moved is None else moved  # filled as the rows come
        self._out = out
        self._several = several
        self._least = NAMED if keepings else 0
        self._columns = shutil.get_terminal_size().columns if out.out.isatty() else 0
        self._titles = True

    def print(self, owner: Owner, things: Sequence[Thing]) -> None:
        """Its rows."""
        if self._out.json_lines:
            for thing in things:
                self._out.record(fact(owner, thing, self._progress(owner, thing)))
            return
        layout = self._layout(owner, things)
        if self._titles:
            front = piece(f"{'PID':>{PID}} {'COMMAND':<{COMM}} ") if self._several else piece("")
            self._out.line((front, *layout.header()))
            self._titles = False
        front_of_all = (piece(f"{owner.pid:>{PID}} "), padded(owner.comm, COMM, Role.NAME), Piece(" ")) if self._several else ()
        for thing in things:
            self._out.line((*front_of_all, *line_of(thing, layout, self._progress(owner, thing))))

    def _progress(self, owner: Owner, thing: Thing) -> Progress | None:
        return self._moved.get((owner.pid, thing.number)) if self._moved and isinstance(thing, Fd) else None

    def titles(self, layout: Layout = SEVERAL) -> None:
        """Once."""
        if self._titles:
            front = piece(f"{'PID':>{PID}} {'COMMAND':<{COMM}} ") if self._several else piece("")
            self._out.line((front, *layout.header()))
            self._titles = False

    def _layout(self, owner: Owner, things: Sequence[Thing]) -> Layout:
        largest = max((thing.number for thing in things if isinstance(thing, Fd)), default=0)
        if self._columns:
            layout = Layout.of(self._columns - (PID + 1 + COMM + 1 if self._several else 0), largest)
        else:
            layout = SEVERAL if self._several else natural(things, largest, [self._progress(owner, thing) for thing in things])
        return layout._replace(number=max(layout.number, self._least))


def line_of(thing: Thing, layout: Layout, progress: Progress | None = None) -> Line:
    """A row."""
    if isinstance(thing, Fd):
        return fd_line(thing, layout, progress=progress)
    from explorer.render.opened import kept

    return kept(thing, layout)


def natural(things: Sequence[Thing], largest: int, progress: Sequence[Progress | None]) -> Layout:
    """As wide as the widest cell, up to a point. progress: of each of the things, where it moves."""
    found = [cells(fd) for fd in things if isinstance(fd, Fd)]
    moves = [moving(fd, step) for fd, step in zip(things, progress, strict=True) if isinstance(fd, Fd)]
    paths = [len(thing.path) + len(" deleted") for thing in things if isinstance(thing, Keeping)]
    target = max([columns_of(cell.target[0]) for cell in found if cell.target] + paths, default=0)
    detail = max((columns_of(detail[0]) for detail in (*(cell.detail for cell in found), *moves) if detail), default=0)
    return Layout(max(3, len(str(largest))), 11, 2, max(6, min(target, WIDEST)), max(19, min(detail, WIDEST)))


def fact(owner: Owner, thing: Thing, progress: Progress | None = None) -> dict[str, Any]:
    """One object of JSON: a descriptor with its access mode in words and how it moves, or what else is kept."""
    facts = record(thing)
    if progress is not None:
        facts["progress"] = {"rate": progress.rate, "growth": progress.growth, "share": progress.share, "left": progress.left}
    if isinstance(thing, Fd):
        facts.pop("number")
        return {"pid": owner.pid, "comm": owner.comm, "fd": thing.number, "kind": thing.kind, "access": thing.access, **facts}
    return {"pid": owner.pid, "comm": owner.comm, **facts}
