"""What a path on the command line stands for: a file, everything on a file system, a folder's tree → a term of a selection.

As lsof has it: a file is its device and inode, whatever it is called where somebody has it; a folder on which something is
mounted, and a block device that is, stand for everything on that file system. A tree is known by names, on the one file
system that its folder is on, so that deleted files in it are found too.
"""

import os
from collections.abc import Callable, Collection
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISSOCK
from typing import Final

from explorer.kernel.reader import FileStat
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.socket import UnixSocket
from explorer.query.selection import EVERY_WAY, Term
from explorer.query.thing import Thing, is_deleted, path_of
from explorer.resolve.real import real
from explorer.resolve.system import System

SORT: Final = "file"
OF_PTS: Final = range(136, 144)
"""Majors of terminals: the same numbers mean other ones in each devpts (Documentation/admin-guide/devices.txt)."""


def file(system: System, text: str, *, alone: bool = False, whole: bool = False) -> Term | str:
    """A file argument; a sentence where it cannot be one. alone: never a whole file system (lsof's -f), whole: always (+f).

    Blocks for a few deadlines. One that is not there means deleted files of that name.
    """
    path = real(system.reader, text)
    try:
        # As it was written: /proc/812/fd/3 leads where no name does.
        stat: FileStat | Missing = system.reader.stat(text if text.startswith("/") else path)
    except Unreadable as refused:
        stat = refused.missing
    mounted = on_mount(system, path, stat) if not alone else ()
    if mounted or whole:
        if not mounted:
            return f"{text} is no file system: nothing is mounted there"
        return Term(SORT, text, thing=on(mounted), nothing="nobody has anything open on that file system", ways=EVERY_WAY)
    if isinstance(stat, Missing):
        if stat.reason is Reason.GONE:
            nothing = "there is no such file, nor a deleted one that somebody has open"
            return Term(SORT, text, thing=lambda thing: path_of(thing) == path and is_deleted(thing), nothing=nothing, ways=EVERY_WAY)
        return Term(SORT, text, thing=lambda thing: path_of(thing) == path, nothing="nobody has a file of that name open", ways=EVERY_WAY)
    return Term(SORT, text, thing=same(stat, path, {text, path}), nothing="nobody has it open", ways=EVERY_WAY)


def tree(system: System, text: str, *, deep: bool, across: bool) -> Term | str:
    """+D, or where not deep +d: a folder and what is in it. across: on file systems that are mounted below, too (-x f)."""
    path, option = real(system.reader, text), f"{'+D' if deep else '+d'} {text}"
    device = -1
    try:
        stat = system.reader.stat(path)
        device = stat.dev
        if not S_ISDIR(stat.mode):
            return f"{option}: that is no folder"
    except Unreadable as refused:
        if refused.missing.reason is not Reason.TIMED_OUT:
            return f"{option}: {'there is no such folder' if refused.missing.reason is Reason.GONE else 'denied'}"
    below = path.rstrip("/") + "/"

    def inside(thing: Thing) -> bool:
        where = path_of(thing) or bound_to(thing)
        if where != path and not (where.startswith(below) and (deep or "/" not in where[len(below) :])):
            return False
        found = getattr(thing, "dev", 0)
        return across or device == -1 or not found or found == device

    return Term(SORT, option, thing=inside, nothing="nobody has anything open in it", ways=EVERY_WAY)


def same(stat: FileStat, path: str, names: Collection[str]) -> Callable[[Thing], bool]:
    """That file; of a device every file that is the same device; of a unix socket's name the sockets that are bound to it. Pipes and
    sockets without a name (/proc/812/fd/3) are their inode.
    """
    nameless = S_ISFIFO(stat.mode) or S_ISSOCK(stat.mode)
    blocks, chars = S_ISBLK(stat.mode), S_ISCHR(stat.mode) and os.major(stat.rdev) not in OF_PTS
    device = os.major(stat.rdev), os.minor(stat.rdev)

    def asks(thing: Thing) -> bool:
        if getattr(thing, "inode", 0) == stat.ino:
            if getattr(thing, "dev", 0) == stat.dev or (nameless and kind(thing) in {"pipe", "socket"}):
                return True
            # Some file systems give maps another device than stat(2), so the same name with the same inode will do.
            if isinstance(thing, Keeping) and thing.how == "mapped" and thing.path == path:
                return True
        if (blocks and kind(thing) == "blk") or (chars and kind(thing) == "chr"):
            return (getattr(thing, "major", -1), getattr(thing, "minor", -1)) == device
        return bound_to(thing) in names

    return asks


def kind(thing: Thing) -> str:
    """Of a descriptor."""
    return "" if isinstance(thing, Keeping) else thing.kind


def bound_to(thing: Thing) -> str:
    """The name of a unix socket in the file system; "" of anything else."""
    socket = getattr(thing, "socket", None)
    return socket.path if isinstance(socket, UnixSocket) and socket.path.startswith("/") else ""


def on_mount(system: System, path: str, stat: FileStat | Missing) -> frozenset[int | str]:
    """Devices, and mount points, of the file system that a path stands for; empty where it stands for none."""
    mounts = system.mounts.of("self").values()
    if not isinstance(stat, Missing) and S_ISBLK(stat.mode):
        device = os.major(stat.rdev), os.minor(stat.rdev)
        return frozenset(place for mount in mounts if mount.dev == device for place in (os.makedev(*device), mount.point))
    here = [mount for mount in mounts if mount.point == path]
    if not here or not (isinstance(stat, Missing) or S_ISDIR(stat.mode)):
        return frozenset()
    # Of mounts one over the other the last is meant. Some file systems (btrfs) have another device for stat(2).
    return frozenset({os.makedev(*here[-1].dev), path, *(() if isinstance(stat, Missing) else (stat.dev,))})


def on(places: Collection[int | str]) -> Callable[[Thing], bool]:
    """On one of these devices; of what stat(2) did not answer about, on one of these mount points."""

    def asks(thing: Thing) -> bool:
        device = getattr(thing, "dev", 0)
        return device in places if device else bool(path_of(thing)) and getattr(thing, "mount", "") in places

    return asks
