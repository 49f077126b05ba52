"""a: on which processors it may run. Space switches one, y sets them; Enter and Esc mean no."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from explorer.act import set_affinity
from explorer.collect.scheduling import affinity, processors
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.render.piece import Line, Piece, Role, piece
from explorer.resolve.system import System
from explorer.ui.command import Command, bindings
from explorer.ui.prompts.question import NO, Question, everyone, outcome

CELL = 7


class Affinity(Question):
    """processes: frozen when it was opened."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("left", "step(-1)", "the processor before", palette=False),
        Command("right", "step(1)", "the next processor", palette=False),
        Command("up", "jump(-1)", "the line before", palette=False),
        Command("down", "jump(1)", "the next line", palette=False),
        Command("space", "switch", "this one on, off", written="Space", label="Space on, off", short="Space on, off", palette=False),
        Command("a", "every", "all", written="a", palette=False),
        Command("y", "set", "set it", written="y", label="y set it", short="y set it", palette=False),
        NO,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    def __init__(self, system: System, processes: Sequence[Process], gone: frozenset[ProcessId] = frozenset()) -> None:
        super().__init__()
        self._system = system
        self._processes = tuple(processes)
        self._gone = gone
        self._at = 0
        found = affinity(processes[0].id.pid)
        online = processors(system)
        self._online = (0,) if isinstance(online, Missing) else online
        self.chosen = frozenset(self._online) if isinstance(found, Missing) else found & frozenset(self._online)

    def rows(self, columns: int) -> int:
        """How many lines it wants."""
        return -(-len(self._online) // self._across(columns)) + 1

    def title(self, columns: int) -> Line:
        lead = "Processors of "
        return (piece(lead), *everyone(self._processes, self._gone, columns - len(lead) - 4))

    def said(self, columns: int) -> Sequence[Line]:
        across = self._across(columns)
        lines: list[Line] = []
        for first in range(0, len(self._online), across):
            line: list[Piece] = [piece(" ")]
            for at, number in enumerate(self._online[first : first + across], first):
                on = number in self.chosen
                box = f"[{number}]" if on else f" {number} "
                line.append(piece("▸" if at == self._at else " ", Role.KEY))
                line.append(piece(f"{box:<{CELL - 1}}", Role.NAME if on else Role.SECONDARY))
            lines.append(tuple(line))
        words = (("  Space", " on, off   "), ("a", " all   "), ("y", " set them   "), ("n Esc Enter", " leave it alone"))
        keys = tuple(part for key, word in words for part in (piece(key, Role.KEY), piece(word)))
        none = () if self.chosen else (piece("   none chosen: cannot be set", Role.MIND),)
        return (*lines, (*keys, *none))

    def action_step(self, by: int) -> None:
        """Another processor."""
        self._at = max(0, min(self._at + by, len(self._online) - 1))
        self._reveal()

    def action_jump(self, by: int) -> None:
        """The one above or below."""
        self.action_step(by * self._across(max(0, self.size.width - 1)))

    def action_switch(self) -> None:
        """On, off."""
        self.chosen ^= {self._online[self._at]}
        self.changed()

    def action_every(self) -> None:
        """All on."""
        self.chosen = frozenset(self._online)
        self.changed()

    def action_set(self) -> None:
        """Do it."""
        if not self.chosen:
            return
        results = [(process, set_affinity(self._system, process.id, self.chosen)) for process in self._processes]
        self.close(outcome(f"processors {spans(self.chosen)} for", results))

    def _across(self, columns: int) -> int:
        return max(1, (columns - 1) // CELL)

    def _reveal(self) -> None:
        self.selected = self._at // self._across(max(0, self.size.width - 1))
        self.reveal()
        self.changed()


def spans(numbers: frozenset[int]) -> str:
    """ "0-3,7", as cpuset(7) writes a list."""
    out: list[list[int]] = []
    for number in sorted(numbers):
        if out and number == out[-1][1] + 1:
            out[-1][1] = number
        else:
            out.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in out)
