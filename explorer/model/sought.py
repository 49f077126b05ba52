"""What is looked for in every process: by which marks a thing is known wherever somebody has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from explorer.model.missing import Missing

Device = tuple[int, int]
"""Major and minor number."""
Identity = tuple[int, int, int]
"""Major and minor number of the device, inode."""
Spot = tuple[Device, str]
"""A file system, and a path from its own root: the same wherever, and in whatever namespace, it is mounted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Alternatives: whatever meets one of them is the thing.

    links: what /proc/PID/fd/N says of it. ends: the same, of its other end. same: process and descriptor, where links do not tell such
    things apart and kcmp(2) has to. info: link, key and value of fdinfo, for things with a number of their own. sockets: inode → addresses
    and state. maker: inode → uid of who made that socket.

    files: by the device of its file system and the inode that fdinfo, maps and /proc/locks have. stats: by what stat(2) says, which is
    another device on btrfs and another inode on some overlays. exact: files alone decide. inodes: of whatever device. rdev: b or c, and the
    number of a device. devices: everything on these file systems. trees: everything at and below these spots. at: where a single file or
    folder is. names: paths of files that are deleted (with the kernel's mark) or did not answer.

    older: the name that a deleted file of the same name has; such are counted. several: whether many things are meant, so that each use
    says which one. ipc: of a SysV segment the namespace that it is in. kernel: path by which the kernel itself may have it. unsure: why not
    all that is meant may be known.
    """

    links: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    same: tuple[int, int] | None = None
    info: tuple[str, str, str] | None = None
    sockets: Mapping[int, str] = field(default_factory=dict)
    maker: Mapping[int, int] = field(default_factory=dict)
    files: frozenset[Identity] = frozenset()
    stats: frozenset[Identity] = frozenset()
    exact: bool = True
    inodes: frozenset[int] = frozenset()
    rdev: tuple[str, int, int] | None = None
    devices: frozenset[Device] = frozenset()
    trees: tuple[Spot, ...] = ()
    at: Spot | None = None
    names: frozenset[str] = frozenset()
    older: str = ""
    several: bool = False
    ipc: str = ""
    kernel: str = ""
    unsure: Missing | None = None

    @property
    def is_gone(self) -> bool:
        """Whether only deleted files of a name are meant, for there is none now."""
        return bool(self.names) and not (self.files or self.trees or self.links or self.sockets or self.unsure)

    @property
    def by_path(self) -> bool:
        """Whether something that has a path is meant."""
        return bool(self.files or self.inodes or self.rdev or self.devices or self.trees or self.names)

    @property
    def numbers(self) -> frozenset[int]:
        """The inodes that may be meant; empty where others may be, too."""
        return frozenset(inode for _, _, inode in (*self.files, *self.stats)) | self.inodes
