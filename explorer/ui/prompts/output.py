"""What a traced command has written, to read and to copy."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from explorer.render.piece import Line, Role, piece
from explorer.render.sizes import size
from explorer.render.width import cut
from explorer.ui.command import Command, bindings
from explorer.ui.lines import MOVES
from explorer.ui.messages import Copy
from explorer.ui.prompts.question import Question
from explorer.ui.trace.written import Written

MOST: Final = 12
"""Lines at a time."""


class Output(Question):
    """label: of the trace. The newest line is the last one."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("y", "copy", "copy it", written="y", label="y copy", short="y copy", palette=False),
        Command("escape,enter,q", "leave", "close", written="Esc", label="Esc close", short="Esc close", palette=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS), *bindings(MOVES)]

    def __init__(self, label: str, written: Written) -> None:
        super().__init__()
        self._label = label
        self._count = written.count
        self._text = written.kept.decode("utf-8", "surrogateescape")
        self._lines = self._text.removesuffix("\n").split("\n") if self._text else []
        self.top = self.selected = max(0, len(self._lines) - 1)  # the end is what is looked for

    def title(self, columns: int) -> Line:  # noqa: ARG002
        told = f"   {size(self._count)}" + ("" if self._count <= len(self._text) else ", the end of it")
        return (piece(f"Written by {self._label}"), piece(told if self._count else "   nothing so far", Role.SECONDARY))

    def said(self, columns: int) -> Sequence[Line]:
        return [(piece(" "), piece(cut(part.expandtabs(), max(8, columns - 2)))) for part in self._lines]

    def rows(self, columns: int) -> int:  # noqa: ARG002
        """How many lines it wants."""
        return max(1, min(MOST, len(self._lines)))

    def action_copy(self) -> None:
        """All that was kept."""
        self.post_message(Copy(self._text, "the output"))

    def action_move(self, by: int) -> None:
        self.scroll_lines(by)
