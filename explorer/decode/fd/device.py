"""Character and block devices."""

from dataclasses import dataclass
from stat import S_IFBLK, S_IFMT
from typing import ClassVar

from explorer.decode.fd.path import PathFd, facts
from explorer.decode.fd.raw import RawFd, Stat
from explorer.model.fd import Fd


@dataclass(frozen=True, slots=True, kw_only=True)
class CharDevice(PathFd):
    """major, minor: which device. says: what its driver adds to fdinfo (tty-index, iff of tun, drm-driver …)."""

    kind: ClassVar[str] = "chr"

    major: int
    minor: int
    says: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockDevice(PathFd):
    """major, minor: which device."""

    kind: ClassVar[str] = "blk"

    major: int
    minor: int


USUAL = {"pos", "flags", "mnt_id", "ino", "lock"}


def decode(raw: RawFd) -> Fd | None:
    """Any path that is a device."""
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
