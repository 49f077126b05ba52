"""What processes did with a file or socket, or with a name of one, while they were watched."""

from dataclasses import dataclass, field
from typing import Literal

FileKind = Literal["file", "socket", "pipe", "memory", "other"]
Sort = Literal["time", "path", "opens", "failed", "reads", "read", "writes", "written", "touches", "last"]
SORTS: tuple[Sort, ...] = ("time", "path", "opens", "failed", "reads", "read", "writes", "written", "touches", "last")
"""read, written: by bytes. Figures begin with the largest, paths with the first."""


@dataclass(frozen=True, slots=True)
class FileUse:
    """One row: of all processes together, or of one. path: whole, as seen from our root; of what has none what strace -y calls it.

    names: others that it was opened by (links), a few. namespace: inode of the mount namespace that the path is of, 0 where that is
    not known or the file has no path. cut: only the path's beginning is known; such a row is never joined with another.
    deleted: it was used after its name was gone. note: of a socket its addresses.
    pids: whose use it is. opens: successful ones; of sockets and pipes how many were made. reads, writes: calls that moved data that
    way, failed ones too; with bytes. others: calls by descriptor that move none. touches: what was done with the name, by kind, how
    often; failed ones too. failures: by kind ("open", "use" of a descriptor, or of touches) how many failed with which errno.
    mapped: "", "read" or "written": it was mapped into memory, and what is done with it there is not seen.
    time: ns in all these calls; last: when the last of them began, ns since 1970.
    """

    path: str
    kind: FileKind
    pids: tuple[int, ...]
    opens: int = 0
    reads: int = 0
    read_bytes: int = 0
    writes: int = 0
    written_bytes: int = 0
    others: int = 0
    touches: dict[str, int] = field(default_factory=dict)
    failures: dict[str, dict[str, int]] = field(default_factory=dict)
    mapped: Literal["", "read", "written"] = ""
    time: int = 0
    last: int = 0
    names: tuple[str, ...] = ()
    namespace: int = 0
    cut: bool = False
    deleted: bool = False
    note: str = ""

    @property
    def failed_opens(self) -> int:
        """How many."""
        return sum(self.failures.get("open", {}).values())

    @property
    def touched(self) -> int:
        """How often its name was."""
        return sum(self.touches.values())


@dataclass(frozen=True, slots=True)
class Unseen:
    """What of a process's use of files cannot be seen this way. io_uring, aio: calls that hand work over to the kernel (1 where only
    a descriptor for it was seen). mapped: files mapped into memory; written: of those, that can be written there. unnamed: calls whose
    path was not captured."""

    pid: int
    io_uring: int = 0
    aio: int = 0
    mapped: int = 0
    written: int = 0
    unnamed: int = 0
