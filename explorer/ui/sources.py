"""Where the screen's facts come from; tests put others in their place."""

import os
from collections.abc import Collection

from explorer.model.process import ProcessId
from explorer.model.snapshot import Snapshot
from explorer.resolve.system import System


class Sources:
    """table and card are called in threads of the feed, each always in the same one."""

    def __init__(self, system: System) -> None:
        from explorer.collect.snapshot import ProcessTable

        self.system = system
        uid = os.geteuid()
        self.root = uid == 0
        self.user = system.users.name(uid)
        self._table = ProcessTable(system)

    def table(self, visible: Collection[int]) -> Snapshot:
        """All processes now; the visible ones freshly read."""
        return self._table.tick(visible)

    def card(self, process: ProcessId) -> object:
        """What the card says of a process."""
        from explorer.collect.card import card

        return card(self.system, process)

    def close(self) -> None:
        """Throw away what reads."""
        self.system.close()
