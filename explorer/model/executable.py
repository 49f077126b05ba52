"""What a process runs."""

from dataclasses import dataclass
from enum import Enum

from explorer.model.missing import Missing


class Fate(Enum):
    """What became of the file since it was executed.

    PRESENT: it is at its path. DELETED: nothing is there any more. REPLACED: another file is there now, and this one has
    no name. COVERED: this one has its name still, but another file is seen at that path (mounted over). MEMORY: it never
    was a file (memfd_create(2)).
    """

    PRESENT = "present"
    DELETED = "deleted"
    REPLACED = "replaced on disk"
    COVERED = "mounted over"
    MEMORY = "in memory"


@dataclass(frozen=True, slots=True)
class Executable:
    """path: what /proc/PID/exe says now, the kernel's " (deleted)" taken away: a file that was moved is at its new path.

    fate: Missing where the file system did not say. started_as: the path that execve was given, where it does not lead to
    this file any more; started_fate: PRESENT where another file is there now, DELETED where nothing is. script: the path
    of the script, where the executable is its interpreter.
    """

    path: str
    fate: Fate | Missing
    started_as: str = ""
    started_fate: Fate = Fate.PRESENT
    script: str = ""

    @property
    def moved(self) -> bool:
        """It is there, but not where it was when it was started, and nothing else is in its place."""
        return self.fate is Fate.PRESENT and bool(self.started_as) and self.started_fate is Fate.DELETED
