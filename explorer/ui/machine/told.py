"""What is told about the files of all processes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer.ui.fault import Fault
from explorer.ui.messages import Told

if TYPE_CHECKING:
    from explorer.ui.machine.demand import Picture


class ShowMachine(Told):
    """Show them again, as they were left."""


@dataclass(eq=False)
class Pictured(Told):
    """There is a new picture of them, or so many rows were read, or the fault that was met. key: of whoever looks."""

    slot: str
    key: object
    facts: "Picture | int | Fault"
