"""The one handle on the machine; tests make it point elsewhere."""

from functools import cached_property
from typing import TYPE_CHECKING

from explorer.kernel.procfs import Procfs
from explorer.kernel.reader import Reader

if TYPE_CHECKING:
    from explorer.resolve.terminals import Terminals
    from explorer.resolve.users import Users


class System:
    """What the layers above are given instead of globals: where to read, and caches of who is who.

    proc: reads that never block. reader: reads that may hang, each with a deadline. Resolvers hang on it as lazy
    properties, so that a command loads only those that it uses.
    """

    def __init__(self, proc: Procfs | None = None, reader: Reader | None = None) -> None:
        self.proc = proc or Procfs()
        self.reader = reader or Reader()

    @cached_property
    def users(self) -> "Users":
        """uid → name."""
        from explorer.resolve.users import Users

        return Users(self.reader)

    @cached_property
    def terminals(self) -> "Terminals":
        """Device number → terminal."""
        from explorer.resolve.terminals import Terminals

        return Terminals(self.proc)

    def close(self) -> None:
        """Throw the reader process away."""
        self.reader.close()
