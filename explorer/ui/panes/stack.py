"""Stack: every thread, what it does, since when and what it waits for."""

from collections import deque
from typing import ClassVar, Final

from explorer.collect.stacks import BUDGET, stacks
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.model.stack import Stacks
from explorer.render.sheet import Sheet
from explorer.render.stack import sheet
from explorer.resolve.system import System
from explorer.ui.panes.pane import Pane, Switch

DRAWN: Final = 200
"""Rows drawn last that count as visible."""


class StackPane(Pane):
    """The threads of one process; of one with many, those on the screen are read in every refresh, the others in turn."""

    key: ClassVar[str] = "b"
    name: ClassVar[str] = "Stack"
    switches: ClassVar[tuple[Switch, ...]] = (Switch("t", "grouped", "group threads that wait in the same place"),)

    def __init__(self) -> None:
        self._earlier: Stacks | None = None
        self._drawn: deque[int] = deque(maxlen=DRAWN)

    def fetch(self, system: System, process: ProcessId) -> Stacks | Missing:
        """One refresh; of a process that has ended what was read last."""
        earlier = self._earlier if self._earlier is not None and self._earlier.process == process else None
        found = stacks(system, process, earlier=earlier, visible=tuple(self._drawn), budget=BUDGET)
        if isinstance(found, Stacks):
            self._earlier = found
        elif earlier is not None and found.reason is Reason.GONE:
            return earlier
        return found

    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:
        """A row a thread, or with "grouped" a row a place."""
        assert isinstance(facts, Stacks | Missing)
        return sheet(facts, columns, options, self._drawn.append)

    def shell(self, process: ProcessId) -> str:
        """Both files of each thread."""
        return f"cat /proc/{process.pid}/task/*/{{syscall,stack}}"

    def glance(self, process: Process) -> str:
        """How many threads."""
        return f"{process.threads:,}"
