"""Memory: what is mapped, and on demand how much of it is resident."""

from typing import ClassVar

from explorer.collect.absent import absent
from explorer.collect.memory import memory
from explorer.model.absent import Absent
from explorer.model.maps import Memory
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.render.absent import absent_sheet
from explorer.render.memory import GROUPED, SIZES, Group, grouped, sheet
from explorer.render.sheet import Sheet
from explorer.resolve.system import System
from explorer.ui.panes.pane import Pane, Switch


class MemoryPane(Pane):
    """smaps is read only while a person wants the sizes: the kernel walks all page tables for it."""

    key: ClassVar[str] = "v"
    name: ClassVar[str] = "Memory"
    short: ClassVar[str] = "Mem"
    interval: ClassVar[float] = 2.0
    switches: ClassVar[tuple[Switch, ...]] = (
        Switch("S", SIZES, "how much of each mapping is resident"),
        Switch("t", GROUPED, "one row for all mappings of a file"),
    )

    def __init__(self) -> None:
        self._sizes = False
        self._groups: tuple[Memory | None, list[Group]] = (None, [])

    def fetch(self, system: System, process: ProcessId) -> Memory | Absent:
        """One reading."""
        found = memory(system, process, sizes=self._sizes)
        return absent(system, process, found) if isinstance(found, Missing) else self._told(system, process, found)

    def _told(self, system: System, process: ProcessId, found: Memory) -> Memory | Absent:
        return absent(system, process, found.maps) if isinstance(found.maps, Missing) else found

    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:
        """A row a mapping. Remembers for the next reading whether sizes are wanted."""
        self._sizes = SIZES in options
        if isinstance(facts, Absent):
            return absent_sheet(facts, self.name, columns)
        assert isinstance(facts, Memory)
        if GROUPED not in options or isinstance(facts.maps, Missing):
            return sheet(facts, columns)
        if self._groups[0] is not facts:
            self._groups = facts, grouped(facts.maps)
        return sheet(facts, columns, self._groups[1])

    def shell(self, process: ProcessId) -> str:
        """procps's."""
        return f"pmap -{'X' if self._sizes else 'x'} {process.pid}"
