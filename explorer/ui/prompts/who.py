"""w: who else has this file, pipe, socket; a list that grows while it is looked for."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from explorer.model.having import Having, Thing, WhoHas
from explorer.render.having import doubts, lines, progress
from explorer.render.piece import Line, Role, piece, plain
from explorer.render.sheet import Target
from explorer.render.width import cut_middle, fit, width
from explorer.ui.command import Command, bindings
from explorer.ui.lines import MOVES
from explorer.ui.messages import Jump
from explorer.ui.prompts.question import Question


class Who(Question):
    """ended: called when it is closed, in whatever way: nobody looks any further then."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "take", "go to it", written="Enter", label="Enter go there", short="Enter go there", palette=False),
        Command("escape,q,w", "leave", "close", written="Esc", label="Esc close", short="Esc close", palette=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS), *bindings(MOVES)]
    SELECTS = True

    def __init__(self, thing: Thing, ended: Callable[[], object]) -> None:
        super().__init__()
        self.found = WhoHas(thing)
        self._ended = ended
        self._lines: tuple[int, WhoHas | None, tuple[Line, ...]] = (0, None, ())

    def show(self, found: WhoHas) -> None:
        """So much was found by now; the selected process stays selected."""
        chosen, before = self.chosen, self.selected
        self.found = found
        if chosen is not None:
            self.selected = next((at for at, each in enumerate(found.who) if each.pid == chosen.pid), 0)
            self.top += self.selected - before
        self.changed()

    @property
    def chosen(self) -> Having | None:
        """The selected one."""
        who = self.found.who
        return who[self.selected] if 0 <= self.selected < len(who) else None

    def title(self, columns: int) -> Line:
        right = plain(progress(self.found))
        name = cut_middle(piece(self.found.thing.name).text, max(8, columns - width(right) - 16))
        return (piece("Who has "), piece(name, Role.NAME), piece("   "), *progress(self.found))

    def said(self, columns: int) -> Sequence[Line]:
        if self._lines[:2] != (columns, self.found):
            self._lines = columns, self.found, lines(self.found, columns)
        return self._lines[2]

    @property
    def has_footer(self) -> bool:
        return bool(doubts(self.found))

    def footer_line(self, columns: int) -> Line:
        return fit(doubts(self.found), columns)

    def row_clicked(self, index: int, column: int) -> None:  # noqa: ARG002
        self.action_take()

    def action_take(self) -> None:
        """Go to the selected process, and to its descriptor; Backspace comes back. The kernel is nowhere to go to."""
        chosen = self.chosen
        self.close()
        if chosen is not None and chosen.pid:
            self.post_message(Jump(Target(chosen.pid, next((use.fd for use in chosen.uses if use.fd >= 0), None))))

    def on_unmount(self) -> None:
        self._ended()
