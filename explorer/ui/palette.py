"""Ctrl-P: every command by its name."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType

from explorer.render.piece import Line, Role, piece, plain
from explorer.render.width import width
from explorer.ui.command import Command, bindings
from explorer.ui.lines import MOVES, Lines
from explorer.ui.messages import Ask, Close

ROWS: Final = 10
LONGEST: Final = 60


class Palette(Lines):
    """entries: a command, and what does it. close: closes this. Typing narrows, Enter does the selected one."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "take", "do it", label="Enter do it", short="Enter do it", palette=False),
        Command("escape", "leave", "close", label="Esc close", short="Esc close", palette=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS), *bindings(MOVES)]

    def __init__(self, entries: Sequence[tuple[Command, Callable[[], object]]], close: Callable[[], object]) -> None:
        super().__init__(id="palette")
        self._close = close
        self._entries = entries
        self.text = ""

    def ask(self) -> Ask:
        """The message that opens it."""
        return Ask(self, min(ROWS, len(self._entries)) + 1)

    @property
    def found(self) -> list[tuple[Command, Callable[[], object]]]:
        """Those whose name has all the words that were typed; names that begin with the text first."""
        words = self.text.casefold().split()
        hits = [entry for entry in self._entries if all(word in entry[0].name.casefold() for word in words)]
        return sorted(hits, key=lambda entry: not entry[0].name.casefold().startswith(self.text.casefold()))

    def header_line(self, columns: int) -> Line:
        line = (piece("Command: "), piece(self.text), piece("▏"))
        count = f"{len(self.found)} of {len(self._entries)}"
        return (*line, piece(" " * max(1, columns - width(plain(line)) - len(count) - 1)), piece(count))

    def row_count(self) -> int:
        return len(self.found)

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:  # noqa: ARG002
        command = self.found[index][0]
        return " ", (piece(f"{command.written:<12}", Role.KEY), piece(command.name))

    def row_clicked(self, index: int, column: int) -> None:  # noqa: ARG002
        self.action_take()

    def action_take(self) -> None:
        found = self.found
        self._close()  # at once: while it is open, nothing else is done
        if found:
            self.app.call_later(found[min(self.selected, len(found) - 1)][1])

    def action_leave(self) -> None:
        self.post_message(Close())

    def on_key(self, event: events.Key) -> None:
        if event.key in {"backspace", "ctrl+h"}:
            self.text = self.text[:-1]
        elif event.key == "ctrl+u":
            self.text = ""
        elif event.character is not None and event.character.isprintable() and len(self.text) < LONGEST:
            self.text += event.character
        else:
            return
        event.stop()
        event.prevent_default()
        self.selected = self.top = 0
        self.changed()
