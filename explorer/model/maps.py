"""A process's memory, mapping by mapping."""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from enum import Enum

from explorer.model.missing import Missing


class Sort(Enum):
    """What a mapping is of.

    MEMFD, SYSV and SHARED live in the kernel's own tmpfs: their names end in "(deleted)", but no file was ever deleted.
    KERNEL: vdso, vvar and the like.
    """

    FILE = "file"
    DEVICE = "device"
    ANON = "anon"
    HEAP = "heap"
    STACK = "stack"
    MEMFD = "memfd"
    SYSV = "SysV shm"
    SHARED = "shared anon"
    KERNEL = "kernel"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A line of /proc/PID/maps. permissions: rwxp or rwxs, as there (p is private, s shared). offset: bytes into the file.

    device: major and minor. name: as there, the kernel's " (deleted)" taken away. deleted: of a file: its name is gone.
    sizes: the fields of smaps in bytes (Rss, Pss …), empty where smaps was not asked. flags: VmFlags of smaps.
    """

    start: int
    end: int
    permissions: str
    offset: int
    device: tuple[int, int]
    inode: int
    name: str
    sort: Sort
    deleted: bool = False
    sizes: Map[str, int] = field(default_factory=dict)
    flags: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of address space."""
        return self.end - self.start

    @property
    def writable_and_executable(self) -> bool:
        """W+X: what is written there can be run."""
        return "w" in self.permissions and "x" in self.permissions


@dataclass(frozen=True, slots=True)
class Memory:
    """maps: by address. detailed: they carry sizes of smaps. rollup: sums of smaps_rollup, in bytes; Missing where not had.

    status: the Vm* fields of /proc/PID/status in bytes. cut: there are more mappings than were read. stale: files of which
    code is run though they are deleted or replaced. both: how many mappings can be written and executed.
    """

    maps: tuple[Mapping, ...] | Missing
    detailed: bool
    rollup: Map[str, int] | Missing
    status: Map[str, int] | Missing
    cut: bool = False
    stale: tuple[str, ...] = ()
    both: int = 0
