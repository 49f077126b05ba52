"""The one handle on the machine; tests make it point elsewhere."""

from explorer.kernel.procfs import Procfs
from explorer.kernel.reader import Reader


class System:
    """What the layers above are given instead of globals: where to read, and caches of who is who.

    proc: reads that never block. reader: reads that may hang, each with a deadline. Resolvers hang on it as lazy
    properties, so that a command loads only those that it uses.
    """

    def __init__(self, proc: Procfs | None = None, reader: Reader | None = None) -> None:
        self.proc = proc or Procfs()
        self.reader = reader or Reader()

    def close(self) -> None:
        """Throw the reader process away."""
        self.reader.close()
