"""fanotify(7): a set of watched files, mounts and file systems."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.constants.bits import names
from explorer.decode.constants.fanotify import EVENTS, INIT_FLAGS, MARK_FLAGS
from explorer.decode.fd.raw import NOT_LOOKED_UP, RawFd, hexadecimal, pairs
from explorer.model.fd import Fd
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True)
class FanotifyMark:
    """on: inode, mount, filesystem or mntns, and with it ino and sdev, mnt_id, sdev or mnt_ns; the others are 0.

    mask, ignored: events by name. mflags: of fanotify_mark(2), by name. path: where that is; resolve/watches.py finds it.
    """

    on: str
    ino: int
    sdev: int
    mnt_id: int
    mnt_ns: int
    mask: tuple[str, ...]
    ignored: tuple[str, ...]
    mflags: tuple[str, ...]
    handle_type: int = 0
    handle: str = ""
    path: str | Missing = NOT_LOOKED_UP


@dataclass(frozen=True, slots=True, kw_only=True)
class Fanotify(Fd):
    """init_flags: of fanotify_init(2), by name."""

    kind: ClassVar[str] = "fanotify"

    init_flags: tuple[str, ...] = ()
    marks: tuple[FanotifyMark, ...] = ()

    @property
    def note(self) -> str:
        return f"fanotify, {len(self.marks)} watched"


def decode(raw: RawFd) -> Fanotify | None:
    """anon_inode:[fanotify] (fs/notify/fdinfo.c)"""
    lines = [pairs(line) for line in raw.info.get("fanotify", ())]
    flags = next((hexadecimal(line, "flags") for line in lines if "flags" in line), 0)
    marks = tuple(mark(line) for line in lines if "mask" in line)
    return Fanotify(**raw.common, init_flags=names(flags, INIT_FLAGS), marks=marks)


def mark(found: dict[str, str]) -> FanotifyMark:
    """One mark; which keys stand there says on what it is. All hexadecimal but mnt_ns."""
    on = next((name for key, name in (("ino", "inode"), ("mnt_id", "mount"), ("mnt_ns", "mntns")) if key in found), "filesystem")
    return FanotifyMark(
        on,
        hexadecimal(found, "ino"),
        hexadecimal(found, "sdev"),
        hexadecimal(found, "mnt_id"),
        hexadecimal(found, "mnt_ns", 10),
        names(hexadecimal(found, "mask"), EVENTS),
        names(hexadecimal(found, "ignored_mask"), EVENTS),
        names(hexadecimal(found, "mflags"), MARK_FLAGS),
        hexadecimal(found, "fhandle-type"),
        found.get("f_handle", ""),
    )
