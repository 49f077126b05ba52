"""inotify(7): a set of watched files and directories."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.constants.inotify import event_names
from explorer.decode.fd.raw import NOT_LOOKED_UP, RawFd, hexadecimal, pairs
from explorer.model.fd import Fd
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True)
class InotifyWatch:
    """wd: the program's number for it. ino, sdev: which file. mask: of inotify_add_watch(2), by name in mask_names.

    handle_type, handle: what open_by_handle_at(2) takes; handle in hex, "" where the file system has none.
    path: where the file is; resolve/watches.py finds it.
    """

    wd: int
    ino: int
    sdev: int
    mask: int
    mask_names: tuple[str, ...]
    handle_type: int = 0
    handle: str = ""
    path: str | Missing = NOT_LOOKED_UP


@dataclass(frozen=True, slots=True, kw_only=True)
class Inotify(Fd):
    """watches: newest first, as the kernel lists them."""

    kind: ClassVar[str] = "inotify"

    watches: tuple[InotifyWatch, ...] = ()

    @property
    def note(self) -> str:
        return f"inotify, {len(self.watches)} watched"


def decode(raw: RawFd) -> Inotify | None:
    """anon_inode:inotify (fs/notify/fdinfo.c)"""
    return Inotify(**raw.common, watches=tuple(watch(line) for line in raw.info.get("inotify", ())))


def watch(line: str) -> InotifyWatch:
    """`wd:1 ino:3f7e8 sdev:fe00000 mask:300 ignored_mask:0 fhandle-bytes:8 fhandle-type:1 f_handle:e8f7…`, all hexadecimal."""
    found = pairs(line)
    mask = hexadecimal(found, "mask")
    return InotifyWatch(
        hexadecimal(found, "wd"),
        hexadecimal(found, "ino"),
        hexadecimal(found, "sdev"),
        mask,
        event_names(mask),
        hexadecimal(found, "fhandle-type"),
        found.get("f_handle", ""),
    )
