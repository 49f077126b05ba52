"""The trace area: one trace at a time, as lines, a call each, or added up in tables; filtered, searched, unfolded, held still."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType

from explorer.ui.command import bindings
from explorer.ui.trace.access import AccessTable
from explorer.ui.trace.finding import Finding
from explorer.ui.trace.hiding import Hiding
from explorer.ui.trace.keys import COMMANDS
from explorer.ui.trace.opening import Opening
from explorer.ui.trace.summary import SummaryTable


class TracePanel(Opening, Hiding, Finding):
    """show(session), told(session), closed(session); sessions, session: see Shown."""

    COMMANDS = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    def __init__(self, changed_shown: Callable[[], object] = lambda: None) -> None:
        super().__init__(changed_shown)
        self.tables = {"summary": SummaryTable(self), "access": AccessTable(self)}
