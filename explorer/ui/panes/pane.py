"""What a pane must say; the screen does the rest: selection, folding, search, copying, drawing."""

from typing import ClassVar

from explorer.model.process import ProcessId
from explorer.render.sheet import Sheet
from explorer.resolve.system import System


class Pane:
    """One tab about the selected process. An instance lives as long as the screen and may keep what it needs for rates and marks."""

    key: ClassVar[str]
    name: ClassVar[str]
    interval: ClassVar[float] = 1.0
    """Seconds between two fetches while it is visible."""

    def fetch(self, system: System, process: ProcessId) -> object:
        """The facts; runs in a feed thread, must not touch the screen, and blocks on nothing but reads with a deadline."""
        raise NotImplementedError(type(self).__name__)

    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:
        """What to draw, at most so many columns wide. Runs in the screen's thread, is pure and fast.

        options: what a person switched by key in this pane, such as "reveal:NAME" or "grouped".
        """
        raise NotImplementedError(type(self).__name__)

    def shell(self, process: ProcessId) -> str:
        """The shell command that shows the same."""
        raise NotImplementedError(type(self).__name__)
