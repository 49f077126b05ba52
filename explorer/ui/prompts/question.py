"""An area above the key line that asks: a header with what it is about, some lines, and keys of its own. Enter and Esc mean no."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.render.command import command_words
from explorer.render.missing import short
from explorer.render.piece import Line, Role, piece, plain
from explorer.render.width import cut_middle, fit, width
from explorer.ui.command import Command, bindings
from explorer.ui.lines import Lines
from explorer.ui.messages import Ask, Close, Say

NO = Command("escape,n,enter", "leave", "leave it alone", written="n Esc Enter", label="Esc leave it alone", short="Esc no", palette=False)


class Question(Lines):
    """Subclasses give title, said (the lines) and keys. Open it with opened(): it is asked for by message."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (NO,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]
    SELECTS = False
    HEAD_MARK = "─"

    def title(self, columns: int) -> Line:  # noqa: ARG002
        """What it is about."""
        return ()

    def said(self, columns: int) -> Sequence[Line]:  # noqa: ARG002
        """The lines below the title."""
        return ()

    def ask(self, rows: int) -> Ask:
        """The message that opens it. rows: lines below the title."""
        return Ask(self, rows + 1)

    def close(self, answer: Line = ()) -> None:
        """Give the keys back; say what came of it."""
        self.post_message(Close())
        if answer:
            self.post_message(Say(answer))

    def action_leave(self) -> None:
        """Do nothing."""
        self.close()

    def header_line(self, columns: int) -> Line:
        title = fit((piece(" "), *self.title(columns), piece(" ")), columns)
        return (*title, piece("─" * max(0, columns - width(plain(title))), Role.RULE))

    def row_count(self) -> int:
        return len(self.said(max(0, self.size.width - 1)))

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:
        return " ", self.said(columns)[index]


def named(process: Process, columns: int = 200) -> str:
    """A process in a sentence: pid and command, as it was when it was asked about."""
    name, rest = command_words(process)
    return cut_middle(f"{process.id.pid} {name}{rest}", columns)


def everyone(processes: Sequence[Process], gone: frozenset[ProcessId], columns: int) -> Line:
    """The names of those who are meant; those that have ended say so."""
    if len(processes) == 1 and not gone:
        return (piece(named(processes[0], columns), Role.NAME),)
    out: list[Line] = []
    share = max(12, columns // max(1, min(len(processes), 4)) - 2)
    for process in processes:
        name = piece(named(process, share), Role.NAME)
        out.append((name, piece(" gone", Role.MIND)) if process.id in gone else (name,))
    line: Line = ()
    for index, each in enumerate(out):
        line = (*line, *((piece(", "),) if index else ()), *each)
    return line


def outcome(done: str, results: Sequence[tuple[Process, Missing | None]]) -> Line:
    """What came of it: "SIGTERM sent to 1302 rsync", or to how many, and who was spared and why."""
    failed = [(process, why) for process, why in results if why is not None]
    worked = [process for process, why in results if why is None]
    line: Line = ()
    if worked:
        whom = named(worked[0], 40) if len(worked) == 1 else f"{len(worked)} processes"
        line = (piece(f"{done} {whom}"),)
    for process, why in failed[:3]:
        cure = (piece(f", {why.cure}", Role.SECONDARY),) if why.cure else ()
        line = (*line, *((piece("; "),) if line else ()), piece(f"not {named(process, 30)}: ", Role.MIND), *short(why), *cure)
    if len(failed) > 3:
        line = (*line, piece(f"; and {len(failed) - 3} more not", Role.MIND))
    return line
