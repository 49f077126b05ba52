"""i: another I/O class and level. y sets it; Enter and Esc mean no."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from explorer.act import set_ioprio
from explorer.collect.scheduling import ioprio
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.render.piece import Line, Role, piece
from explorer.resolve.system import System
from explorer.ui.command import Command, bindings
from explorer.ui.prompts.question import NO, Question, everyone, outcome

CLASSES: Final = ("none", "realtime", "best-effort", "idle")
"""By number; the words of ionice(1)."""
CHOICES: Final = ((0, 0), *((1, level) for level in range(8)), *((2, level) for level in range(8)), (3, 0))
WORDS: Final = {
    0: "as its nice value says",
    1: "before everybody else: needs CAP_SYS_ADMIN or CAP_SYS_NICE",
    2: "the usual; 0 first, 7 last",
    3: "only while nobody else reads or writes",
}


class IoPriority(Question):
    """processes: frozen when it was opened."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("up,left", "step(-1)", "the one before", palette=False),
        Command("down,right", "step(1)", "the next one", palette=False),
        Command("y", "set", "set it", written="y", label="y set it", short="y set it", palette=False),
        NO,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    def __init__(self, system: System, processes: Sequence[Process], gone: frozenset[ProcessId] = frozenset()) -> None:
        super().__init__()
        self._system = system
        self._processes = tuple(processes)
        self._gone = gone
        found = ioprio(processes[0].id.pid)
        self._now = "unknown" if isinstance(found, Missing) else words(*found)
        at = (found[0], found[1] if found[0] in {1, 2} else 0) if not isinstance(found, Missing) else (0, 0)
        self._at = CHOICES.index(at) if at in CHOICES else 0

    @property
    def choice(self) -> tuple[int, int]:
        """Class and level."""
        return CHOICES[self._at]

    def title(self, columns: int) -> Line:
        lead = "I/O priority of "
        return (piece(lead), *everyone(self._processes, self._gone, columns - len(lead) - 4))

    def said(self, columns: int) -> Sequence[Line]:  # noqa: ARG002
        kind = self.choice[0]
        change = (piece("  "), piece(f"{self._now} → {words(*self.choice)}", Role.NAME), piece(f"   {WORDS[kind]}", Role.SECONDARY))
        keys = (piece("  y", Role.KEY), piece("  set it      "), piece("up down", Role.KEY), piece("  another one      "))
        return (change, (*keys, piece("n Esc Enter", Role.KEY), piece("  leave it alone")))

    def action_step(self, by: int) -> None:
        """Another class or level."""
        self._at = max(0, min(self._at + by, len(CHOICES) - 1))
        self.changed()

    def action_set(self) -> None:
        """Do it."""
        results = [(process, set_ioprio(self._system, process.id, *self.choice)) for process in self._processes]
        self.close(outcome(f"I/O {words(*self.choice)} for", results))


def words(kind: int, level: int) -> str:
    """ "best-effort 4", "idle"."""
    if kind >= len(CLASSES):
        return f"class {kind}"
    return f"{CLASSES[kind]} {level}" if kind in {1, 2} else CLASSES[kind]
