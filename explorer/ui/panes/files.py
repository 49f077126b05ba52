"""Files: every descriptor, decoded, with who is at the other end."""

from collections import deque
from typing import ClassVar, Final

from explorer.collect.descriptors import Descriptors
from explorer.collect.no_files import no_files, replaced
from explorer.model.files import NoFiles, OpenFiles
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.render.fd import sheet
from explorer.render.sheet import Sheet
from explorer.resolve.system import System
from explorer.ui.panes.pane import Pane, Switch

DRAWN: Final = 200
"""Rows drawn last that count as visible."""


class FilesPane(Pane):
    """The descriptors of one process; of one with thousands, those on the screen are read in every refresh, the others in turn."""

    key: ClassVar[str] = "l"
    name: ClassVar[str] = "Files"
    switches: ClassVar[tuple[Switch, ...]] = (Switch("x", "locks", "locks: only files that it has locked", everywhere=True),)

    def __init__(self) -> None:
        self._process: ProcessId | None = None
        self._descriptors = Descriptors(0)
        self._drawn: deque[int] = deque(maxlen=DRAWN)
        self._unfolded: list[int] = []

    def fetch(self, system: System, process: ProcessId) -> OpenFiles | NoFiles:
        """One refresh."""
        if process != self._process:
            self._process = process
            self._descriptors = Descriptors(process.pid, started=process.start)
        if (other := replaced(system, process)) is not None:
            return no_files(system, process, other)
        found = self._descriptors.tick(system, tuple(self._drawn), tuple(self._unfolded))
        if isinstance(found, Missing):
            return no_files(system, process, found)
        return found if found.fds or found.unread or found.closed else no_files(system, process, None)

    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:
        """A row a descriptor, or with "locks" only those with locks."""
        assert isinstance(facts, OpenFiles | NoFiles)
        self._unfolded = []  # those that still are will say so
        return sheet(facts, columns, options, self._drawn.append, self._unfolded.append)

    def shell(self, process: ProcessId) -> str:
        """The links, at least."""
        return f"ls -l /proc/{process.pid}/fd"
