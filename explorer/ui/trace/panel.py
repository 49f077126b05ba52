"""The trace area: one trace at a time, a line a call, filtered, searched, unfolded, held still."""

from typing import ClassVar

from textual.binding import BindingType

from explorer.ui.command import bindings
from explorer.ui.trace.finding import Finding
from explorer.ui.trace.hiding import Hiding
from explorer.ui.trace.keys import COMMANDS
from explorer.ui.trace.opening import Opening


class TracePanel(Opening, Hiding, Finding):
    """show(session), told(session), closed(session); sessions, session: see TraceArea."""

    COMMANDS = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]
