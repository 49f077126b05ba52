"""A vertical rule between areas."""

from explorer.render.piece import Line, Piece, Role
from explorer.ui.lines import Lines

BAR = ("", (Piece("│", Role.RULE),))


class Rule(Lines, can_focus=False):
    """One column."""

    SELECTS = False

    def row_count(self) -> int:
        return self.size.height

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:  # noqa: ARG002
        return BAR
