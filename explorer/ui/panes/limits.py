"""Limits: soft, hard, and what is used."""

from typing import ClassVar

from explorer.collect.absent import absent
from explorer.collect.limits import limits
from explorer.model.absent import Absent
from explorer.model.limits import Used
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.render.absent import absent_sheet
from explorer.render.limits import sheet
from explorer.render.sheet import Sheet
from explorer.resolve.system import System
from explorer.ui.panes.pane import Pane


class LimitsPane(Pane):
    """Counting a user's threads takes a look at every process, so it is not done often."""

    key: ClassVar[str] = "L"
    name: ClassVar[str] = "Limits"
    interval: ClassVar[float] = 3.0

    def fetch(self, system: System, process: ProcessId) -> tuple[Used, ...] | Absent:
        """One reading."""
        found = limits(system, process)
        return absent(system, process, found) if isinstance(found, Missing) else found

    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:  # noqa: ARG002
        """A row a limit."""
        if isinstance(facts, Absent):
            return absent_sheet(facts, self.name, columns)
        assert isinstance(facts, tuple)
        return sheet(facts, columns)

    def shell(self, process: ProcessId) -> str:
        """util-linux's."""
        return f"prlimit -p {process.pid}"
