"""The card of the selected process: who it is and what it does now, above the panes at every size."""

from typing import Any

from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.render.command import command_words
from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.width import fit, width
from explorer.ui.fault import Fault
from explorer.ui.lines import Lines


class CardArea(Lines, can_focus=False):
    """Drawn from what was read last of it; until that has come, from the process table alone."""

    SELECTS = False

    def __init__(self) -> None:
        super().__init__(id="card")
        self.process: ProcessId | None = None
        self.row: Process | None = None
        self.rule = False
        """Whether its first line is a rule across the screen."""
        self._facts: Any = None
        self._made: tuple[object, list[Line]] = (None, [])

    def about(self, process: ProcessId | None, row: Process | None) -> None:
        """Show this process. row: it in the table, None where it has ended."""
        if process != self.process:
            self.process = process
            self._facts = None
        self.row = row
        self.changed()

    def show(self, facts: object) -> None:
        """What the feed read of it."""
        self._facts = facts
        self.changed()

    def row_count(self) -> int:
        return self.size.height

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:
        lines = self._lines(columns)
        line = lines[index] if index < len(lines) else ()
        return ("" if index == 0 and self.rule else " "), line

    def _lines(self, columns: int) -> list[Line]:
        key = (self._facts, self.row, columns, self.size.height, self.rule)
        if self._made[0] != key:
            self._made = key, self._make(columns)
        return self._made[1]

    def _make(self, columns: int) -> list[Line]:
        rows = self.size.height
        if self.process is None:
            return [rule(columns + 1)] if self.rule else []
        if isinstance(self._facts, Fault):
            return [self._facts.line]
        if self._facts is not None:
            from explorer.render.card import card_lines, card_rule  # with the first card, after the first picture

            if not self.rule:
                return card_lines(self._facts, columns, rows)
            above = card_rule(self._facts, columns + 1, alone=rows <= 2)
            return [above, *card_lines(self._facts, columns, rows - 1, ruled=True)]
        return [rule(columns + 1), *self._body(columns, rows - 1)] if self.rule else self._body(columns, rows)

    def _body(self, columns: int, rows: int) -> list[Line]:  # noqa: ARG002
        if self.row is None:
            return []
        name, rest = command_words(self.row, longest=2 * columns)
        return [fit((piece(f"{self.row.id.pid} {name}", Role.NAME), piece(rest)), columns)]


def rule(columns: int, right: Line = ()) -> Line:
    """A rule so many columns wide, with words near its right end."""
    if not right:
        return (Piece("─" * columns, Role.RULE),)
    size = width(plain(right))
    return (Piece("─" * max(0, columns - size - 3) + " ", Role.RULE), *right, Piece(" ─", Role.RULE))
