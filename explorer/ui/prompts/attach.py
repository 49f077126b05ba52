"""Asked before processes are stopped at each of their calls, or our own screen is watched: who they are, how busy, what it would cost
them. Enter and Esc mean no."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from explorer.collect.busy import Busy
from explorer.model.missing import Missing
from explorer.model.snapshot import Machine
from explorer.render.missing import sentence
from explorer.render.piece import Line, Role, piece, plain
from explorer.render.process import started
from explorer.render.times import duration
from explorer.render.width import width
from explorer.render.wrap import wrap
from explorer.ui.command import Command, bindings
from explorer.ui.prompts.question import NO, Question, named
from explorer.ui.trace.look import STOPS, Looked
from explorer.ui.trace.notice import cure

MOMENT: Final = 1.0
"""Seconds of a short look."""
KERNEL: Final = 0.05
"""Share of its time up to which a process that is busy makes few calls."""

WORDS: Final = 61
"""Columns of the line of answers without its gaps."""


class Attach(Question):
    """taken: called with how many seconds the trace is to last, None for until it is stopped; never called after a no."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("y", "attach", "attach", written="y", label="y attach", short="y attach", palette=False),
        Command("1", "attach(True)", "for 1 second", written="1", label="1 for a second", short="1 for 1 s", palette=False),
        NO,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    def __init__(self, looked: Looked, machine: Machine | None, taken: Callable[[float | None], None]) -> None:
        super().__init__()
        self._looked = looked
        self._machine = machine
        self._taken = taken
        self._busiest = max(looked.busy, key=lambda each: each.cpu, default=None)

    def title(self, columns: int) -> Line:  # noqa: ARG002
        processes = self._looked.processes
        return (piece(f"Trace {processes[0].id.pid}?" if len(processes) == 1 else f"Trace {len(processes)} processes?"),)

    def rows(self, columns: int) -> int:
        """How many lines it wants."""
        return len(self.said(columns))

    def said(self, columns: int) -> Sequence[Line]:
        gap = piece(" " * max(2, min(10, (columns - WORDS) // 2)))
        yes = piece("   "), piece("y", Role.KEY), piece("  attach"), gap, piece("1", Role.KEY), piece("  attach for 1 second")
        keys = (*yes, gap, piece("n Esc Enter", Role.KEY), piece("  leave it alone"))
        lines = [*self._who(columns), *self._paragraph(self._price(), columns)]
        if self._looked.shows:
            lines += self._paragraph(self._shows(), columns, Role.MIND)
        for process, why in self._looked.refused:
            lines.append((piece(f"  left out: {named(process, 30)}: ", Role.MIND), *sentence(why)))
        return (*lines, (), keys)

    def action_attach(self, briefly: bool = False) -> None:
        """Do it."""
        self.close()
        # After the keys are back where they were: the trace that begins is what is shown then.
        self.app.call_after_refresh(self._taken, MOMENT if briefly else None)

    def _who(self, columns: int) -> list[Line]:
        looked = self._looked
        process = next(
            (each for each in looked.processes if self._busiest is not None and each.id == self._busiest.process), looked.processes[0]
        )
        threads = self._busiest.threads if self._busiest is not None else process.threads
        about = [process.user, f"{threads} threads" if threads > 1 else "1 thread"]
        if self._machine is not None:
            about.insert(1, f"since {started(process, self._machine)}")
        lead = f"  {looked.engine.name if looked.engine else 'the engine'} would {'stop' if looked.stops else 'watch'}  "
        if len(looked.processes) > 1:
            lead += f"{len(looked.processes)} processes, the busiest  "
        tail = "   " + " · ".join(about)
        name = named(process, max(12, columns - width(lead) - width(tail)))
        line = (piece(lead), piece(name, Role.NAME), piece(tail, Role.SECONDARY))
        if width(plain(line)) <= columns:
            return [line]
        return [line[:2], (piece(" " + tail, Role.SECONDARY),)]

    def _price(self) -> str:
        """How busy they are, and what a call would cost."""
        busy, cost = self._looked.busy, self._looked.cost
        if cost is None or self._busiest is None:
            return ""
        one = len(self._looked.processes) == 1
        cpu, kernel = sum(each.cpu for each in busy), sum(each.kernel for each in busy)
        share = f"{cpu:.1f}% of a core, {kernel:.0f}% in the kernel"
        if one:
            text = f"It is busy: {share}."
        else:
            text = f"Together they are busy: {share}; that one {self._busiest.cpu:.1f}%."
        if isinstance(cost, Missing):
            text += " What a call would cost could not be measured; expect it to run slower while traced."
        else:
            each = "it" if one else "each"
            text += f" A call would take {each} {duration(rounded(cost))} more (measured); {slowed(busy, cost, one)}"
        return f"{text} {self._lesser()}".rstrip()

    def _lesser(self) -> str:
        """The engine that stops nobody, and what would help to have it."""
        if self._looked.lesser is None or self._looked.lesser[0] in STOPS:
            return ""
        name, why = self._looked.lesser
        helps = cure(why, self._looked.processes[0].id.pid)
        return f"{name} would not: {helps or why.detail}."

    def _shows(self) -> str:
        who = "It is" if len(self._looked.processes) == 1 else "Among them is what is"
        return f"{who} above this screen: what is drawn here makes it do more, which is drawn again. Its lines will come once a second."

    @staticmethod
    def _paragraph(text: str, columns: int, role: Role = Role.TEXT) -> list[Line]:
        return [(piece("  "), piece(part, role)) for part in wrap(text, max(8, columns - 3))] if text else []


def rounded(seconds: float) -> float:
    """To two digits: more were not measured."""
    return float(f"{seconds:.1e}")


def slowed(busy: Sequence[Busy], cost: float, one: bool) -> str:
    """What that means for them."""
    who = "it" if one else "them"
    calls = sum(each.calls for each in busy)
    kernel, cpu = sum(each.kernel for each in busy), sum(each.cpu for each in busy)
    if kernel <= KERNEL * cpu and calls * cost <= KERNEL:
        return f"but few are seen: expect {who} to run little slower while traced."
    return f"expect {who} to run many times slower while traced."
