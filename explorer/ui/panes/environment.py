"""Environment: what the process was started with, secrets masked until a key shows the one."""

from typing import ClassVar, NamedTuple

from explorer.collect.absent import absent
from explorer.collect.environment import environment
from explorer.model.absent import Absent
from explorer.model.environ import Environ
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.render.absent import absent_sheet
from explorer.render.environment import REVEAL, Shown, judged, sheet
from explorer.render.sheet import Sheet
from explorer.resolve.system import System
from explorer.ui.panes.pane import Pane, Switch


class Facts(NamedTuple):
    """Whose it is stands in the keys of `shown`: what was revealed of one process stays masked in another."""

    environ: Environ
    shown: tuple[Shown, ...]


class EnvironmentPane(Pane):
    """It does not change while the process runs, but for execve and titles written over it."""

    key: ClassVar[str] = "e"
    name: ClassVar[str] = "Environment"
    short: ClassVar[str] = "Env"
    interval: ClassVar[float] = 5.0
    switches: ClassVar[tuple[Switch, ...]] = (Switch("r", REVEAL + "{row}", "show this masked value, or mask it again"),)

    def fetch(self, system: System, process: ProcessId) -> Facts | Absent:
        """One reading."""
        found = environment(system, process)
        if isinstance(found, Missing):
            return absent(system, process, found)
        return Facts(found, judged(found, f"{process.pid}@{process.start}:"))

    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:
        """A row a variable."""
        if isinstance(facts, Absent):
            return absent_sheet(facts, self.name, columns)
        assert isinstance(facts, Facts)
        return sheet(facts.environ, facts.shown, columns, options)

    def shell(self, process: ProcessId) -> str:
        """Unmasked, there."""
        return f"tr '\\0' '\\n' </proc/{process.pid}/environ"
