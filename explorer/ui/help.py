"""F1: what the keys of this place do, made from the same commands that bind them."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.width import fit, width
from explorer.ui.command import Command, bindings
from explorer.ui.lines import MOVES, Lines

LEFT: Final = ("Move", "Find", "Shape", "Mark", "Trace")
RIGHT: Final = ("Look", "Change", "Screen")
LABEL: Final = 8
GAP: Final = "  "
TWO_FROM: Final = 76
MOVING: Final = Command("", "", "", "arrows PgUp PgDn Home End", "Move")
PID: Final = Command("", "", "to that PID", "digits", "Move")

NOTES: Final[tuple[tuple[str, Line], ...]] = (
    (
        "Signs",
        (
            piece("+", Role.NEW), piece(" new "), piece("-", Role.GONE), piece(" ended "), piece("*", Role.KEY), piece(" tagged "),
            piece("●", Role.NEW), piece(" traced "), piece(">", Role.NAME), piece(" selected "),
            piece("yellow", Role.MIND), piece(": mind it "), piece("red", Role.FAILED), piece(": failed"),
        ),
    ),
    ("State", (piece("R runs  S sleeps  D blocked  T stopped  t traced  Z zombie  I idle"),)),
    ("htop", (piece("S, C setup: F2   m: w   l: files   less: q leaves what is open, as there"),)),
    ("Copy", (piece("y the line, Y the command that shows it; or Shift and the mouse"),)),
)  # fmt: skip


class Help(Lines):
    """place: whose keys. commands: all that work there."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("escape,f1,question_mark,q,enter", "close", "close", "Esc", label="Esc close", short="Esc close", palette=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS), *bindings(MOVES)]
    SELECTS = False

    def __init__(self, place: str, commands: Sequence[Command], notes: bool) -> None:
        super().__init__(id="help")
        self._place = place
        self._commands = (MOVING, *((PID,) if place == "tree" else ()), *commands)
        self._notes = notes
        self._made: tuple[int, list[Line]] = (0, [])

    def header_line(self, columns: int) -> Line:
        left, right = f"Help: {self._place}", "F1 or Esc closes it"
        return fit((piece(left), piece(" " * max(2, columns - width(left) - width(right) - 1)), piece(right)), columns)

    def _lines(self, columns: int) -> list[Line]:
        if self._made[0] != columns:
            self._made = columns, help_lines(self._commands, columns, notes=self._notes)
        return self._made[1]

    def row_count(self) -> int:
        return len(self._lines(max(1, self.size.width - 1)))

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:
        return " ", self._lines(columns)[index]

    def action_move(self, by: int) -> None:
        self.scroll_lines(by)

    def action_page(self, by: int) -> None:
        self.scroll_lines(by * max(1, self.body - 1))

    def action_first(self) -> None:
        self.scroll_lines(-self.row_count())

    def action_last(self) -> None:
        self.scroll_lines(self.row_count())

    def action_close(self) -> None:
        self.screen.close()  # type: ignore[attr-defined]


def help_lines(commands: Sequence[Command], columns: int, *, notes: bool) -> list[Line]:
    """Two columns of groups where they fit, and the signs below."""
    if columns >= TWO_FROM:
        half = columns // 2
        left, right = _column(commands, LEFT, half - 1), _column(commands, RIGHT, columns - half)
        lines = [_beside(left, right, index, half) for index in range(max(len(left), len(right)))]
    else:
        lines = _column(commands, (*LEFT, *RIGHT), columns)
    if notes:
        lines.append(())
        lines += [fit((piece(f"{label:<{LABEL}}", Role.NAME), *text), columns) for label, text in NOTES]
    return lines


def _beside(left: list[Line], right: list[Line], index: int, half: int) -> Line:
    first = left[index] if index < len(left) else ()
    second = right[index] if index < len(right) else ()
    return (*first, piece(" " * (half - width(plain(first)))), *second)


def _column(commands: Sequence[Command], groups: Sequence[str], columns: int) -> list[Line]:
    """Group by group, as many entries on a line as fit."""
    out: list[Line] = []
    room = columns - LABEL
    for group in groups:
        label = group
        line: list[Piece] = []
        used = 0
        for entry in (_entry(command) for command in commands if command.group == group and command.written):
            size = width(plain(entry))
            if used and used + len(GAP) + size > room:
                out.append((piece(f"{label:<{LABEL}}", Role.NAME), *line))
                label, line, used = "", [], 0
            if used:
                line.append(piece(GAP))
                used += len(GAP)
            line += entry
            used += size
        if line:
            out.append((piece(f"{label:<{LABEL}}", Role.NAME), *line))
    return [fit(line, columns) for line in out]


def _entry(command: Command) -> tuple[Piece, ...]:
    return piece(command.written, Role.KEY), piece(f" {command.name.partition(':')[0]}")
