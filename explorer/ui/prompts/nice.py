"""F7 and F8: another nice value. y sets it, further steps change it; Enter and Esc mean no."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from explorer.act import renice
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.render.piece import Line, Role, piece
from explorer.resolve.system import System
from explorer.ui.command import Command, bindings
from explorer.ui.prompts.question import NO, Question, everyone, outcome

FIRST: Final = -20
LAST: Final = 19


class Nice(Question):
    """processes: frozen when it was opened. step: -1 (higher priority) or 1; counted from the first one's value."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("f7,right_square_bracket,up", "step(-1)", "higher priority", written="F7 ]", palette=False),
        Command("f8,left_square_bracket,down", "step(1)", "lower priority", written="F8 [", palette=False),
        Command("y", "set", "set it", written="y", label="y set it", short="y set it", palette=False),
        NO,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    def __init__(self, system: System, processes: Sequence[Process], gone: frozenset[ProcessId] = frozenset(), step: int = 1) -> None:
        super().__init__()
        self._system = system
        self._processes = tuple(processes)
        self._gone = gone
        self._before = processes[0].nice
        self.nice = max(FIRST, min(self._before + step, LAST))

    def title(self, columns: int) -> Line:
        lead = "Nice of "
        return (piece(lead), *everyone(self._processes, self._gone, columns - len(lead) - 4))

    def said(self, columns: int) -> Sequence[Line]:  # noqa: ARG002
        threads = sum(process.threads for process in self._processes)
        what = "higher priority" if self.nice < self._before else "lower priority" if self.nice > self._before else "as it is"
        now = str(self._before) if len({process.nice for process in self._processes}) == 1 else "various"
        all_threads = f", all {threads} threads" if threads > 1 else ""
        change = (piece("  "), piece(f"{now} → {self.nice}", Role.NAME), piece(f"   {what}{all_threads}"))
        keys = (piece("  y", Role.KEY), piece("  set it      "), piece("F7 F8 ] [", Role.KEY), piece("  another value      "))
        return (change, (*keys, piece("n Esc Enter", Role.KEY), piece("  leave it alone")))

    def action_step(self, by: int) -> None:
        """One more, one less."""
        self.nice = max(FIRST, min(self.nice + by, LAST))
        self.changed()

    def action_set(self) -> None:
        """Do it."""
        results = [(process, renice(self._system, process.id, self.nice)) for process in self._processes]
        self.close(outcome(f"nice {self.nice} for", results))
