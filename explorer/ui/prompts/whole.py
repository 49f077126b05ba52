"""w: the whole command line of a process, wrapped, to read and to copy."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from explorer.model.missing import Missing
from explorer.model.snapshot import Process
from explorer.render.command import command_words
from explorer.render.piece import Line, Role, piece
from explorer.render.printable import printable
from explorer.render.process import shell_command
from explorer.render.width import cut, width
from explorer.ui.command import Command, bindings
from explorer.ui.lines import MOVES
from explorer.ui.messages import Copy
from explorer.ui.prompts.question import Question

MOST = 1 << 16


class Whole(Question):
    """One argument after the other, as a shell would take them."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("y", "copy", "copy it", written="y", label="y copy", short="y copy", palette=False),
        Command("escape,enter,q,w", "leave", "close", written="Esc", label="Esc close", short="Esc close", palette=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS), *bindings(MOVES)]

    def __init__(self, process: Process) -> None:
        super().__init__()
        self._process = process
        self._text = shell_command(process.argv) if isinstance(process.argv, tuple) else ""
        self._shown = printable("".join(command_words(process, paths=True, longest=MOST)))
        self._wrapped: tuple[int, tuple[Line, ...]] = (0, ())

    def title(self, columns: int) -> Line:  # noqa: ARG002
        process = self._process
        count = f"{len(process.argv)} arguments" if isinstance(process.argv, tuple) else "arguments not read"
        return (piece(f"Command of {process.id.pid}"), piece(f"   {count}", Role.SECONDARY))

    def said(self, columns: int) -> Sequence[Line]:
        room = max(8, columns - 2)
        if self._wrapped[0] != room:
            lines, rest = [], self._shown
            while rest:
                head = cut(rest, room, "")
                head = head or rest[0]
                lines.append((piece(" "), piece(head, Role.TEXT)))
                rest = rest[len(head) :]
            if isinstance(self._process.argv, Missing):
                lines.append((piece(" "), piece(self._process.argv.reason.value, Role.MIND)))
            self._wrapped = (room, tuple(lines))
        return self._wrapped[1]

    def lines(self, columns: int) -> int:
        """How many lines it wants, at most."""
        return max(1, -(-width(self._shown) // max(8, columns - 3)) + 1)

    def action_copy(self) -> None:
        """The command as a shell would take it."""
        self.post_message(Copy(self._text, "the command"))

    def action_move(self, by: int) -> None:
        self.scroll_lines(by)
