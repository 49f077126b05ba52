"""The first line: the machine, and who we are on it."""

from typing import TYPE_CHECKING

from explorer.render.machine import machine_line
from explorer.render.piece import Line
from explorer.ui.lines import Lines

if TYPE_CHECKING:
    from explorer.ui.sources import Sources
    from explorer.ui.state import State


class TopLine(Lines, can_focus=False):
    """Drawn from the last snapshot."""

    SELECTS = False

    def __init__(self, state: "State", sources: "Sources") -> None:
        super().__init__(id="top")
        self._state = state
        self._sources = sources

    def row_count(self) -> int:
        return 1

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:  # noqa: ARG002
        state = self._state
        if state.snapshot is None:
            return " ", ()
        note = "‖ paused" if state.paused else ""
        shown, who = state.snapshot, self._sources
        return " ", machine_line(shown.machine, state.counts, columns, who.user, root=who.root, note=note, births=shown.births)
