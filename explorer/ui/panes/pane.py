"""What a pane must say; the screen does the rest: selection, folding, search, copying, drawing."""

from abc import ABC, abstractmethod
from typing import ClassVar, NamedTuple

from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.render.sheet import Sheet
from explorer.resolve.system import System


class Switch(NamedTuple):
    """A key that switches an option of a pane on and off.

    key: as Textual names it ("t"). option: what sheet() finds in options; "{row}" in it becomes the selected row's key, so
    "reveal:{row}" is one option a row. words: for the help page. everywhere: from tree and other panes too, it opens this one.
    """

    key: str
    option: str
    words: str
    everywhere: bool = False


class Pane(ABC):
    """One tab about the selected process. An instance lives as long as the screen and may keep what it needs for rates and marks."""

    key: ClassVar[str]
    name: ClassVar[str]
    short: ClassVar[str] = ""
    """Its name in a tab where there is little room; "" for the name."""
    interval: ClassVar[float] = 1.0
    """Seconds between two fetches while it is visible."""
    switches: ClassVar[tuple[Switch, ...]] = ()

    @abstractmethod
    def fetch(self, system: System, process: ProcessId) -> object:
        """The facts; runs in a feed thread, must not touch the screen, and blocks on nothing but reads with a deadline.

        Facts whose attribute `unfinished` is true are not all of them yet: it is called again soon.
        """

    @abstractmethod
    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:
        """What to draw, at most so many columns wide. Runs in the screen's thread, is pure and fast.

        options: what a person switched by key in this pane, such as "reveal:NAME" or "grouped".
        """

    @abstractmethod
    def shell(self, process: ProcessId) -> str:
        """The shell command that shows the same."""

    def glance(self, process: Process) -> str:  # noqa: ARG002
        """The count for its tab while nothing has been fetched: what the process table knows already; "" for nothing."""
        return ""
