"""An open file, as the iterator over descriptors tells it: struct row of kernel/bpf/files.bpf.c."""

from collections.abc import Iterable, Iterator, Mapping
from struct import Struct
from typing import Final, NamedTuple

from explorer.decode.fd import wants_stat
from explorer.decode.fd.device import kernel_numbers
from explorer.decode.fd.raw import RawFd, Stat
from explorer.decode.text import text
from explorer.model.mount import Mount

WHOSE: Final = Struct("=IH")
ROW: Final = Struct("=HHIIqQQIIIIII")
"""What follows the pid."""
TOLD: Final = Struct("=H")
"""Two bytes later."""
NUMBER_AND_INODE: Final = Struct("=I12xQ")
"""Four bytes later."""
PID: Final = 4
NAMED, FDINFO, SOCKET, COUNTER = 1, 2, 4, 8
PIPEFS, TMPFS, MQUEUE = 0x50495045, 0x01021994, 0x19800202
PLAIN: Final = frozenset({0xEF53, 0x58465342, TMPFS, 0x1CD1, 0x858458F6, 0x958458F6, 0x09041934, PIPEFS, 0xF2F52010, MQUEUE})
"""File systems (ext, xfs, tmpfs and devtmpfs, devpts, ramfs, hugetlbfs, anonymous inodes, pipes, f2fs, mqueue) of which stat(2) says what
their inodes have. Others, such as btrfs, overlayfs, proc and all from the network, answer with something else."""


class Open(NamedTuple):
    """told: NAMED, FDINFO (its fdinfo has lines of its own), SOCKET and COUNTER (an eventfd). flags, position: as fdinfo has them.

    dev, rdev: in the kernel's own form; of a socket rdev is the inode of its network namespace, links how many descriptors are on
    their way in it; of an eventfd size is its count, links its number, rdev its flags. name: as the link in /proc/PID/fd; of a
    socket that of its protocol.
    """

    told: int
    number: int
    flags: int
    position: int
    ino: int
    size: int
    dev: int
    rdev: int
    mode: int
    links: int
    mnt_id: int
    magic: int
    name: str

    @property
    def link(self) -> str:
        """As readlink(2) says; "" where that has to be asked."""
        if self.told & SOCKET:
            return f"socket:[{self.ino}]"
        return f"pipe:[{self.ino}]" if self.magic == PIPEFS else self.name if self.told & NAMED else ""

    @property
    def protocol(self) -> str:
        """Of a socket, as its attribute system.sockprotoname has it."""
        return self.name if self.told & SOCKET else ""

    @property
    def needs_stat(self) -> bool:
        """Whether stat(2) has something to say that the record has not."""
        return self.magic not in PLAIN and wants_stat(self.link)


def split(chunk: bytes) -> Iterator[tuple[int, bytes]]:
    """The pid of each record, and what follows it, which is the same for all that have the same file at the same number."""
    at, end, whose = 0, len(chunk), WHOSE.unpack_from
    while at + PID + ROW.size <= end:
        pid, size = whose(chunk, at)
        if size < PID + ROW.size:
            return
        yield pid, chunk[at + PID : at + size]
        at += size


def decode(record: bytes) -> Open:
    """What split() gave. Raises struct.error for less."""
    _, *numbers = ROW.unpack_from(record)
    return Open._make((*numbers, text(record[ROW.size :])))


def is_socket(record: bytes) -> bool:
    """Of what split() gave."""
    return bool(TOLD.unpack_from(record, 2)[0] & SOCKET)


def inodes(records: Iterable[bytes]) -> dict[int, int]:
    """Number → inode of what split() gave."""
    return dict(NUMBER_AND_INODE.unpack_from(record, 4) for record in records)


def raw_fd(found: Open, mounts: Mapping[int, Mount], arch: str, *, has_ino: bool = True) -> RawFd:
    """As /proc would have told it, without stat(2) where that says more. has_ino: whether fdinfo has the inode (Linux 5.14)."""
    lines = [("pos", str(found.position)), ("flags", f"0{found.flags:o}"), ("mnt_id", str(found.mnt_id))]
    if has_ino:
        lines.append(("ino", str(found.ino)))
    if found.protocol.startswith("UNIX"):
        lines.append(("scm_fds", str(found.links)))
    link = found.link
    stat = stat_of(found, mounts) if found.magic in PLAIN and wants_stat(link) else None
    return RawFd(found.number, link, tuple(lines), {key: (value,) for key, value in lines}, None, stat, arch)


def stat_of(found: Open, mounts: Mapping[int, Mount]) -> Stat:
    """What stat(2) would say, of a file on a PLAIN file system. mounts: those that the process sees."""
    mount = mounts.get(found.mnt_id)
    place = (mount.fstype, mount.point) if mount else ("mqueue" if found.magic == MQUEUE else "", "")
    return Stat(device(found.dev), found.ino, found.mode, found.links, device(found.rdev), found.size, *place)


def device(number: int) -> int:
    """The kernel's own form of a device number as stat(2) has it (makedev(3))."""
    major, minor = kernel_numbers(number)
    return (major & 0xFFF) << 8 | (major & ~0xFFF) << 32 | minor & 0xFF | (minor & ~0xFF) << 12
