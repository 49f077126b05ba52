"""Overview: who the process is and what it may do."""

from typing import ClassVar

from explorer.collect.absent import absent
from explorer.collect.overview import overview
from explorer.model.absent import Absent
from explorer.model.missing import Missing
from explorer.model.overview import Overview, Usage
from explorer.model.process import ProcessId
from explorer.model.rates import Rates, rates
from explorer.render.absent import absent_sheet
from explorer.render.overview.sheet import sheet
from explorer.render.sheet import Sheet
from explorer.resolve.system import System
from explorer.ui.panes.pane import Pane

Facts = tuple[Overview, Rates | None]


class OverviewPane(Pane):
    """Keeps the last sample of the process, for what it uses a second."""

    key: ClassVar[str] = "o"
    name: ClassVar[str] = "Overview"

    def __init__(self) -> None:
        self._last: tuple[ProcessId, Usage] | None = None

    def fetch(self, system: System, process: ProcessId) -> Facts | Absent:
        """One sample."""
        found = overview(system, process)
        if isinstance(found, Missing):
            return absent(system, process, found)
        before, self._last = self._last, (process, found.usage)
        return found, rates(before[1], found.usage) if before is not None and before[0] == process else None

    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:  # noqa: ARG002
        """A row a fact; Enter unfolds it."""
        if isinstance(facts, Absent):
            return absent_sheet(facts, self.name, columns)
        assert isinstance(facts, tuple)
        return sheet(facts[0], facts[1], columns)

    def shell(self, process: ProcessId) -> str:
        """Most of it stands there."""
        return f"cat /proc/{process.pid}/status"
