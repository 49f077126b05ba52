"""Character and block devices."""

from dataclasses import dataclass
from stat import S_IFBLK, S_IFMT
from typing import ClassVar

from explorer.decode.fd.path import PathFd, facts
from explorer.decode.fd.raw import RawFd, Stat
from explorer.model.fd import Fd


@dataclass(frozen=True, slots=True, kw_only=True)
class CharDevice(PathFd):
    """major, minor: which device. driver, name: the kernel's own words for it, "" where they are not known; name: null, tun, kvm.

    says: what its driver adds to fdinfo (tty-index, iff of tun, drm-driver …). Of a pseudoterminal peers are who has its other side.
    """

    kind: ClassVar[str] = "chr"

    major: int
    minor: int
    driver: str = ""
    name: str = ""
    says: tuple[tuple[str, str], ...] = ()

    @property
    def terminal(self) -> int:
        """The number of the pseudoterminal that it is a side of; -1 for none."""
        index = dict(self.says).get("tty-index") or self.path.removeprefix("/dev/pts/")
        return int(index) if index.isascii() and index.isdecimal() and len(index) < 9 else -1

    @property
    def interface(self) -> str | None:
        """The network interface of a tun or tap device, "" before it has one; None of other devices."""
        return dict(self.says).get("iff")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockDevice(PathFd):
    """major, minor: which device. driver, name: as CharDevice has them; name: vda1, loop0, dm-0. capacity: bytes, 0 where not known.

    backing: the file behind a loop device. alias: the name that device-mapper gives it.
    """

    kind: ClassVar[str] = "blk"

    major: int
    minor: int
    driver: str = ""
    name: str = ""
    backing: str = ""
    alias: str = ""
    capacity: int = 0


USUAL = {"pos", "flags", "mnt_id", "ino", "lock"}


def decode(raw: RawFd) -> Fd | None:
    """Any path that is a device. Driver and name are not in its text: resolve/devices.py has them."""
    if not isinstance(raw.stat, Stat):
        return None
    major, minor = numbers(raw.stat.rdev)
    if S_IFMT(raw.stat.mode) == S_IFBLK:
        return BlockDevice(**facts(raw), major=major, minor=minor)
    says = tuple((key, value) for key, value in raw.lines if key not in USUAL)
    return CharDevice(**facts(raw), major=major, minor=minor, says=says)


def numbers(dev: int) -> tuple[int, int]:
    """Major and minor of a dev_t as stat(2) gives it (makedev(3))."""
    return (dev >> 8 & 0xFFF) | (dev >> 32 & ~0xFFF), (dev & 0xFF) | (dev >> 12 & ~0xFF)


def kernel_numbers(dev: int) -> tuple[int, int]:
    """Major and minor of a dev_t as the kernel prints it inside itself: sdev in fdinfo (include/linux/kdev_t.h)."""
    return dev >> 20, dev & 0xFFFFF
