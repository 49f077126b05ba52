"""F9: which signal, to whom. htop's place and order: SIGTERM is preselected and Enter sends; every other way out sends nothing."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType

from explorer.act import send
from explorer.collect.dispositions import dispositions
from explorer.decode.constants.signals import FIRST_REAL_TIME, NAMES, SIGRTMAX, SIGRTMIN, signal_name
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.model.status import Signals
from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.width import width
from explorer.resolve.system import System
from explorer.ui.command import Command, bindings
from explorer.ui.prompts.question import Question, everyone, outcome

SIGKILL, SIGTERM, SIGCONT, SIGSTOP = 9, 15, 18, 19
COMMON: Final = (15, 9, 1, 2, 18, 19)
ALL: Final = (*NAMES, *range(SIGRTMIN, SIGRTMAX + 1))
MORE: Final = 0
"""What stands for "all signals" at the end of the common ones."""
NEVER_BLOCKED: Final = frozenset({SIGKILL, SIGSTOP})


class SendSignal(Question):
    """processes: frozen when it was opened. gone: those of them that have ended."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("left,up", "step(-1)", "the signal before", palette=False),
        Command("right,down", "step(1)", "the next signal", palette=False),
        Command("enter", "send", "send it", written="Enter", label="Enter sends", short="Enter sends", palette=False),
        Command("escape,n,q", "leave", "leave it alone", written="Esc", label="Esc leave it alone", short="Esc no", palette=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    def __init__(self, system: System, processes: Sequence[Process], gone: frozenset[ProcessId] = frozenset(), since: str = "") -> None:
        super().__init__()
        self._system = system
        self._processes = tuple(processes)
        self._gone = gone
        self._since = since
        self._signals = (*COMMON, MORE)
        self._at = 0
        self._digits = ""
        self._facts = dispositions(system, processes[0].id.pid) if len(processes) == 1 and not gone else None

    @property
    def signal(self) -> int:
        """The chosen one; MORE for none yet."""
        return self._signals[self._at]

    def title(self, columns: int) -> Line:
        one = self._processes[0]
        about = f"   {one.user}{self._since}" if len(self._processes) == 1 else ""
        lead = "Send to " if len(self._processes) == 1 else f"Send to {len(self._processes)} tagged: "
        return (piece(lead), *everyone(self._processes, self._gone, columns - len(lead) - len(about) - 4), piece(about, Role.SECONDARY))

    def said(self, columns: int) -> Sequence[Line]:
        ignored = self._ignored()
        choices = self._choices(columns)
        gap = columns - width(plain(choices)) - width(ignored)
        if ignored and gap >= 1:
            choices = (*choices, piece(" " * gap), piece(ignored, Role.SECONDARY))
        end = f"Enter sends {signal_name(self.signal)}" if self.signal else "Enter shows all"
        note, hints = self._note(), f"{end}      Esc leaves it alone"
        if columns - width(note) - len(hints) < 6:
            hints = end
        gap = max(2, columns - width(note) - len(hints) - 4)
        return (choices, (piece("  "), piece(note, Role.MIND), piece(" " * gap), piece(hints, Role.SECONDARY)))

    def action_step(self, by: int) -> None:
        """Another signal."""
        self._digits = ""
        self._at = max(0, min(self._at + by, len(self._signals) - 1))
        self.changed()

    def action_send(self) -> None:
        """Send it, or show all where that is what was chosen."""
        number = self.signal
        if number == MORE:
            self._signals, self._at = ALL, ALL.index(SIGTERM)
            self.changed()
            return
        results = [(process, send(self._system, process.id, number)) for process in self._processes]
        self.close(outcome(f"{signal_name(number)} sent to", results))

    def on_key(self, event: events.Key) -> None:
        if not (event.character and event.character.isascii() and event.character.isdigit()):
            return
        event.stop()
        event.prevent_default()
        # As in htop: 1 then 5 is 15; a digit that leads nowhere begins anew.
        for digits in (self._digits + event.character, event.character):
            if int(digits) in ALL:
                self._digits = digits
                if int(digits) not in self._signals:
                    self._signals = ALL
                self._at = self._signals.index(int(digits))
                self.changed()
                return
        self._digits = ""

    def _choices(self, room: int) -> Line:
        """The list, the part of it around the chosen one where it is too long."""
        words = [f"{number} {signal_name(number)}" if number else "… all" for number in self._signals]
        first, last = self._at, self._at + 1
        used = len(words[self._at]) + 4
        while True:
            grown = False
            if last < len(words) and used + len(words[last]) + 2 <= room:
                used, last, grown = used + len(words[last]) + 2, last + 1, True
            if first > 0 and used + len(words[first - 1]) + 2 <= room:
                used, first, grown = used + len(words[first - 1]) + 2, first - 1, True
            if not grown:
                break
        out: list[Piece] = [piece("… " if first else "  ", Role.SECONDARY)]
        for at in range(first, last):
            chosen = at == self._at
            out.append(piece("▸" if chosen else " ", Role.KEY))
            out.append(piece(words[at] + " ", Role.TITLE if chosen else Role.TEXT))
        return tuple(out)

    def _ignored(self) -> str:
        if not isinstance(self._facts, Signals) or isinstance(self._facts.ignored, Missing):
            return ""
        names = [signal_name(number).removeprefix("SIG") for number in members(self._facts.ignored)]
        return f"ignores: {' '.join(names[:6])}{' …' if len(names) > 6 else ''}" if names else ""

    def _caught(self) -> bool:
        return isinstance(self._facts, Signals) and self.signal in members(self._facts.caught)

    def _note(self) -> str:
        """What stands in the way of this signal, in a sentence."""
        if self._gone and len(self._processes) > 1:
            return f"{len(self._gone)} of them have ended: nothing is sent to those."
        if len(self._processes) > 1 or not self.signal:
            return ""
        process, name = self._processes[0], signal_name(self.signal)
        if process.id in self._gone:
            return "It has ended: nothing will be sent."
        if process.is_kernel_thread:
            return "It is a kernel thread: no signal ends it."
        if process.state == "Z":
            return f"It has ended (zombie): only its parent, {process.ppid}, can take it away."
        if process.id.pid == 1 and not self._caught():
            return f"It is init and has no handler for {name}: nothing happens."
        if process.state == "T" and self.signal not in {SIGKILL, SIGCONT}:
            return f"It is stopped (T): {name} waits until SIGCONT."
        if process.state == "D":
            return f"It is blocked in the kernel (D): {name} waits until that ends."
        if isinstance(self._facts, Signals) and self.signal not in NEVER_BLOCKED:
            if self.signal in members(self._facts.ignored):
                return f"It ignores {name}."
            if self.signal in members(self._facts.blocked):
                return f"It blocks {name}: that waits until it unblocks it."
        return ""


def members(mask: int | Missing) -> list[int]:
    """The signals in a set, bit 0 is signal 1; those that belong to the C library's threads left out."""
    if isinstance(mask, Missing):
        return []
    return [number for number in range(1, SIGRTMAX + 1) if mask >> (number - 1) & 1 and not FIRST_REAL_TIME <= number < SIGRTMIN]
