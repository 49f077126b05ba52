"""One of a list: arrows and Enter, or the letter that a line begins with."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from explorer.render.piece import Line, piece, plain
from explorer.ui.command import Command, bindings
from explorer.ui.lines import MOVES
from explorer.ui.prompts.question import Question


class Menu(Question):
    """taken: called with the index of the line that was taken; nothing is called after Esc."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "take", "take it", written="Enter", label="Enter take it", short="Enter take it", palette=False),
        Command("escape", "leave", "leave it", written="Esc", label="Esc leave it", short="Esc leave it", palette=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS), *bindings(MOVES)]
    SELECTS = True

    def __init__(self, title: str, choices: Sequence[Line], selected: int, taken: Callable[[int], None]) -> None:
        super().__init__()
        self.selected = selected
        self._title = title
        self._choices = choices
        self._taken = taken

    def title(self, columns: int) -> Line:  # noqa: ARG002
        return (piece(self._title),)

    def said(self, columns: int) -> Sequence[Line]:  # noqa: ARG002
        return self._choices

    def row_clicked(self, index: int, column: int) -> None:  # noqa: ARG002
        self.selected = index
        self.action_take()

    def action_take(self) -> None:
        """Take the selected line."""
        self.close()
        if 0 <= self.selected < len(self._choices):
            self._taken(self.selected)

    def on_key(self, event: events.Key) -> None:
        letter = (event.character or "").lower()
        if not letter.isalnum():
            return
        order = [*range(self.selected + 1, len(self._choices)), *range(self.selected + 1)]
        found = next((at for at in order if plain(self._choices[at]).strip().lower().startswith(letter)), None)
        if found is not None:
            event.stop()
            event.prevent_default()
            self.select(found)
