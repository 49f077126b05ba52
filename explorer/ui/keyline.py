"""The last line: what the keys do here and now; or one line that has to be said, until the next key."""

from collections.abc import Callable, Sequence
from typing import Final

from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.width import fit, width
from explorer.ui.command import Command
from explorer.ui.layout import SMALL
from explorer.ui.lines import Lines

NARROW: Final = 100
MOST: Final = 12
MOST_NARROW: Final = 9


class KeyLine(Lines, can_focus=False):
    """commands: asked for those of the area that has the keys."""

    SELECTS = False

    def __init__(self, commands: Callable[[], Sequence[Command]]) -> None:
        super().__init__(id="keys")
        self._commands = commands
        self.said: Line = ()

    def say(self, line: Line) -> None:
        """Say this instead, until say(())."""
        if line != self.said:
            self.said = line
            self.changed()

    def row_count(self) -> int:
        return 1

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:  # noqa: ARG002
        if self.said:
            return " ", fit(self.said, columns)
        screen = self.screen.size
        if screen.width < SMALL[0] or screen.height < SMALL[1]:
            text = f"{screen.width}x{screen.height}: {SMALL[0]}x{SMALL[1]} shows more"
            return " ", fit((piece(text, Role.SECONDARY),), columns)
        return " ", key_line(self._commands(), columns)


def key_line(commands: Sequence[Command], columns: int) -> Line:
    """Those that fit, in the order of their ranks; help, zoom and quit stay longest."""
    narrow = columns < NARROW
    gap, most = (" ", MOST_NARROW) if narrow else ("  ", MOST)
    shown = sorted((command for command in commands if (command.short if narrow else command.label)), key=lambda command: command.rank)
    while len(shown) > 1:
        labels = [command.short if narrow else command.label for command in shown]
        if len(shown) <= most and sum(width(label) + len(gap) for label in labels) <= columns + len(gap):
            break
        shown.remove(max(shown, key=lambda command: (command.least, command.rank)))
    parts: list[Piece] = []
    for command in shown:
        key, _, word = (command.short if narrow else command.label).partition(" ")
        if parts:
            parts.append(piece(gap))
        parts += [piece(key, Role.KEY), piece(f" {word}", Role.SECONDARY)]
    return fit(tuple(parts), columns)
