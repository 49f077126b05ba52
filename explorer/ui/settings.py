"""F2: the few things that can be set. They hold at once, and are kept."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual.binding import BindingType

from explorer.render.piece import Line, Role, piece
from explorer.ui.command import Command, bindings
from explorer.ui.lines import MOVES, Lines
from explorer.ui.messages import Ask, Close
from explorer.ui.preferences import INTERVALS, THEMES, Preferences

NAMES: Final = ("theme", "mouse", "interval", "kernel threads")


class Settings(Lines):
    """changed_one: called after each change."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("right,enter,space", "step(1)", "next value", label="Enter change", short="Enter change", palette=False),
        Command("left", "step(-1)", "the value before", palette=False),
        Command("escape,f2,q", "leave", "close", label="Esc close", short="Esc close", palette=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS), *bindings(MOVES)]

    def __init__(self, preferences: Preferences, changed_one: Callable[[], None], note: str = "") -> None:
        super().__init__(id="settings")
        self._preferences = preferences
        self._changed_one = changed_one
        self._note = note

    def ask(self) -> Ask:
        """The message that opens it."""
        return Ask(self, len(NAMES) + 1)

    def header_line(self, columns: int) -> Line:  # noqa: ARG002
        return (piece("Settings   "), piece(self._note, Role.MIND))

    def row_count(self) -> int:
        return len(NAMES)

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:  # noqa: ARG002
        one = self._preferences
        value, words = (
            (one.theme, "auto: by TERM, COLORTERM, NO_COLOR and the terminal's background"),
            ("procdive's" if one.mouse else "the terminal's", "clicks select and sort, the wheel scrolls; else the terminal copies"),
            (f"{one.interval:g} s", "between two refreshes"),
            ("shown" if one.kernel else "hidden", "at the start; K at any time"),
        )[index]
        return " ", (piece(f"{NAMES[index]:<16}"), piece(f"{value:<16}", Role.NAME), piece(words, Role.SECONDARY))

    def row_clicked(self, index: int, column: int) -> None:  # noqa: ARG002
        self.action_step(1)

    def action_step(self, by: int) -> None:
        one = self._preferences
        match self.selected:
            case 0:
                one.theme = THEMES[(THEMES.index(one.theme) + by) % len(THEMES)]
            case 1:
                one.mouse = not one.mouse
            case 2:
                at = min(range(len(INTERVALS)), key=lambda index: abs(INTERVALS[index] - one.interval))
                one.interval = INTERVALS[(at + by) % len(INTERVALS)]
            case _:
                one.kernel = not one.kernel
        self._changed_one()
        self.changed()

    def action_leave(self) -> None:
        self.post_message(Close())
