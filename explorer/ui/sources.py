"""Where the screen's facts come from; tests put others in their place."""

import os
from collections.abc import Collection
from typing import TYPE_CHECKING

from explorer.model.process import ProcessId
from explorer.model.snapshot import Snapshot
from explorer.resolve.system import System

if TYPE_CHECKING:
    from explorer.collect.births import BirthBook
    from explorer.collect.programs import Programs
    from explorer.collect.rounds import Rounds
    from explorer.collect.snapshot import ProcessTable


class Sources:
    """table and card are called in threads of the feed, each always in the same one; what they need is loaded there.

    user: the name of the one we run as, "" before the first table.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.root = os.geteuid() == 0
        self.user = ""
        self._table: ProcessTable | None = None
        self._births: BirthBook | None = None
        self._programs: Programs | None = None

    def table(self, visible: Collection[int], threads: bool = False) -> Snapshot:
        """All processes now, and their threads where wanted; the visible ones freshly read."""
        if self._table is None:
            from explorer.collect.births import BirthBook
            from explorer.collect.programs import Programs
            from explorer.collect.snapshot import ProcessTable

            self._programs = Programs(self.system)
            self._births = BirthBook(self.system, programs=self._programs)
            self._table = ProcessTable(self.system, births=self._births)
            self.user = self.system.users.name(os.geteuid())
        return self._table.tick(visible, threads)

    def watch_programs(self) -> None:
        """For a thread of its own, from the first table on: read what is started before it is gone. Returns after close()."""
        if self._programs is not None:
            self._programs.run()

    def card(self, process: ProcessId) -> object:
        """What the card says of a process."""
        from explorer.collect.card import card

        return card(self.system, process)

    def rounds(self) -> "Rounds":
        """What reads the files of all processes, for one thread."""
        from explorer.collect.rounds import Rounds

        return Rounds(self.system)

    def close(self) -> None:
        """Throw away what reads; a thread that reads still is told that there is nothing."""
        if self._programs is not None:
            self._programs.stop()
        if self._births is not None:
            self._births.close()
        self.system.close()
