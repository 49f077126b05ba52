"""B: who was born and ended lately, those too that lived between two refreshes."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from explorer.model.snapshot import Snapshot
from explorer.render.births import births_lines, births_title
from explorer.render.piece import Line, plain
from explorer.ui.command import Command, bindings
from explorer.ui.lines import MOVES
from explorer.ui.messages import Copy
from explorer.ui.prompts.question import Question


class BirthList(Question):
    """latest: the table on the screen. It goes on while its first line is selected, and stands still while a person reads further down."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("y", "copy", "copy it", written="y", label="y copy", short="y copy", palette=False),
        Command("escape,enter,q,B", "leave", "close", written="Esc", label="Esc close", short="Esc close", palette=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS), *bindings(MOVES)]
    SELECTS = True

    def __init__(self, latest: Callable[[], Snapshot | None], *, root: bool) -> None:
        super().__init__()
        self._latest = latest
        self._root = root
        self._shown = latest()
        self._lines: tuple[object, list[Line]] = (None, [])

    def title(self, columns: int) -> Line:  # noqa: ARG002
        shown = self._current()
        return () if shown is None else births_title(shown.births)

    def said(self, columns: int) -> Sequence[Line]:
        shown = self._current()
        if shown is None:
            return ()
        if self._lines[0] != (id(shown), columns):
            self._lines = (id(shown), columns), births_lines(shown.births, shown.taken, columns, root=self._root)
        return self._lines[1]

    def _current(self) -> Snapshot | None:
        if not self.selected and not self.top:
            self._shown = self._latest()
        return self._shown

    def action_copy(self) -> None:
        """The line."""
        lines = self.said(max(0, self.size.width - 1))
        if 0 <= self.selected < len(lines):
            self.post_message(Copy(plain(lines[self.selected]).strip(), "the line"))
