"""Asked before procdive ends while traces run. Enter and Esc mean no."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from explorer.render.piece import Line, Role, piece
from explorer.ui.command import Command, bindings
from explorer.ui.prompts.question import Question


class LetGo(Question):
    """labels: of the traces that run. quit: called after a yes."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("y,f10", "quit", "quit", written="y F10", label="y quit", short="y quit", palette=False),
        Command("escape,n,enter", "leave", "stay", written="n Esc Enter", label="Esc stay", short="Esc stay", palette=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    def __init__(self, labels: Sequence[str], quit: Callable[[], object]) -> None:
        super().__init__()
        self._labels = labels
        self._quit = quit

    def title(self, columns: int) -> Line:  # noqa: ARG002
        return (piece("Quit?"),)

    def said(self, columns: int) -> Sequence[Line]:  # noqa: ARG002
        one = len(self._labels) == 1
        what = "A trace runs: " if one else f"{len(self._labels)} traces run: "
        goes = f"What {'it traces' if one else 'they trace'} goes on; what was seen is forgotten."
        keys = (piece("   y", Role.KEY), piece("  quit          "), piece("n Esc Enter", Role.KEY), piece("  stay"))
        return ((piece(f"  {what}"), piece(", ".join(self._labels), Role.NAME)), (piece(f"  {goes}"),), (), keys)

    def action_quit(self) -> None:
        """Let go, and end."""
        self.close()
        self._quit()
