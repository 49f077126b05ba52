"""What a pane shows: rows that can be selected, unfolded, copied and followed. Shared by all panes, drawn by ui, printed by cli."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from explorer.model.having import Thing
from explorer.model.manual import Page
from explorer.render.piece import Line


@dataclass(frozen=True, slots=True)
class Target:
    """Where Enter jumps to: a process and, where fd is given, that descriptor of it in the Files pane."""

    pid: int
    fd: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """key: identity across refreshes, so that selection and folds stay. line: already as wide as asked for, without the gutter.

    unfold: called with the columns when the row is opened. target: the other end. copy: what `y` copies, exact text.
    mark: the gutter: "+" new, "-" gone, " " else. thing: what others may have too (`w`). pages: of the manual (`m`), the first of them
    that there is.
    """

    key: str
    line: Line
    unfold: Callable[[int], tuple[Line, ...]] | None = None
    target: Target | None = None
    copy: str = ""
    mark: str = " "
    thing: Thing | None = None
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """header: column titles, or (). notes: stand above the rows: what cannot be shown, why, what is known, what helps.

    rows may be lazy (len and [i] only); where their place(key) tells the index of a row, or None, nobody goes through them for it.
    count: for the tab's title, "" for none. summary: left of the pane's last line;
    the shell command that shows the same stands at its right.
    """

    rows: Sequence[Row] = ()
    header: Line = ()
    notes: tuple[Line, ...] = ()
    count: str = ""
    summary: Line = ()
