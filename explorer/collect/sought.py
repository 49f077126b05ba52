"""What is looked for when somebody asks who has a thing: a question, or what a row on the screen leads to → the marks of it."""

import os
from collections.abc import Mapping
from dataclasses import replace
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISSOCK
from typing import Final

from explorer.collect import sought_sockets as sockets
from explorer.decode.fd.path import DELETED
from explorer.decode.fd.pipe import bracketed
from explorer.decode.fd.raw import known, split
from explorer.kernel.reader import FileStat, Reader
from explorer.model.having import Thing
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.mount import Mount
from explorer.model.sought import Sought, Spot
from explorer.query.who import Device, Inet, Info, Inode, Link, Memory, Of, Path, Question, Unix
from explorer.resolve.located import Located, located
from explorer.resolve.mounts import may_hang
from explorer.resolve.system import System

LONGER: Final = 5.0
"""Seconds that a file system of this machine may take."""
OF_PTS: Final = range(136, 144)
"""Majors of terminals: the same numbers mean other ones in each devpts (Documentation/admin-guide/devices.txt)."""


def sought(system: System, asked: Question) -> Sought | Missing:
    """Missing where there is no such thing. Blocks for a few deadlines. Never raises."""
    if isinstance(asked, Path):
        return path(system, asked)
    if isinstance(asked, Of):
        return of(system, asked)
    if isinstance(asked, Inet):
        return sockets.internet(system, asked.matches)
    if isinstance(asked, Unix):
        return sockets.named(system, {asked.name})
    if isinstance(asked, Link):
        if asked.link.startswith("socket:["):
            return sockets.one(system, bracketed(asked.link))
        names = frozenset({asked.link}) if asked.link.startswith("/memfd:") else frozenset[str]()
        return Sought(links=frozenset({asked.link}), names=names, several=asked.link.startswith(("/memfd:", "anon_inode:")))
    if isinstance(asked, Info):
        return Sought(info=(asked.link, asked.key, asked.value))
    if isinstance(asked, Device):
        return device(system, "b", asked.major, asked.minor)
    if isinstance(asked, Memory):
        return memory(system, asked.shmid)
    return inode(asked)


def inode(asked: Inode) -> Sought:
    """On one device, or on any."""
    if asked.device is not None:
        identity = frozenset({(*asked.device, asked.inode)})
        return Sought(files=identity, stats=identity, several=True)
    return Sought(inodes=frozenset({asked.inode}), several=True)


def memory(system: System, shmid: int) -> Sought | Missing:
    """A SysV segment of our ipc namespace: its id is the inode of its mappings (newseg() of ipc/shm.c)."""
    from explorer.kernel.memory_devices import memory_devices

    try:
        ipc = system.proc.link("self", "ns", "ipc")
        there = any(line.split()[1:2] == [b"%d" % shmid] for line in system.proc.read("sysvipc", "shm").splitlines()[1:])
    except Unreadable as refused:
        return refused.missing
    if not there:
        return Missing(Reason.GONE, f"SysV segment {shmid}", "ipcs -m lists them")
    return Sought(files=frozenset((os.major(dev), os.minor(dev), shmid) for dev in memory_devices()), ipc=ipc)


def path(system: System, asked: Path) -> Sought | Missing:
    """A path as we see it; where it is gone, deleted files that had it."""
    whole = os.path.normpath(os.path.join(here(), asked.path))
    try:
        found = patiently(system, asked.path if asked.path.startswith("/") else f"{here()}/{asked.path}")
    except Unreadable as refused:
        return unreached(system, whole, refused.missing, tree=asked.tree)
    if asked.tree:
        if not S_ISDIR(found.stat.mode):
            return Missing(Reason.UNSUPPORTED, f"{asked.path}: a file has nothing below it", "without the slash it is that file")
        return tree(system, found)
    return at(system, found, {whole, asked.path}, alone=asked.alone)


def patiently(system: System, path: str) -> Located:
    """As located(); on a file system of this machine a late answer is waited for longer: then the machine is busy. Raises Unreadable."""
    try:
        return located(system.reader, path)
    except Unreadable as refused:
        if refused.missing.reason is not Reason.TIMED_OUT or may_hang(mount_of(system, os.path.normpath(path))):
            raise
    reader = Reader(LONGER)
    try:
        return located(reader, path)
    finally:
        reader.close()


def unreached(system: System, whole: str, why: Missing, *, tree: bool) -> Sought:
    """What cannot be looked at is known by its name."""
    folder, _, name = whole.rpartition("/")
    try:
        whole = f"{located(system.reader, folder or '/').path.rstrip('/')}/{name}"
    except Unreadable:
        pass
    gone = why.reason is Reason.GONE
    spot = spot_of(mount_of(system, whole), whole)
    by_name = frozenset({whole + DELETED} if gone and not whole.endswith(DELETED) else {whole, whole + DELETED})
    bound = sockets.named(system, {whole})
    unsure = None if gone else replace(why, detail=f"which file it is, so only its name was looked for: {why.detail}")
    trees = (spot,) if tree and spot else ()
    return replace(bound, names=by_name, trees=trees, several=bool(trees), kernel="" if gone else whole, unsure=unsure)


def tree(system: System, folder: Located) -> Sought:
    """Everything in a folder and below, on file systems that are mounted there, too."""
    below = folder.path.rstrip("/") + "/"
    mounts = system.mounts.of("self").values()
    spots = [spot for spot in (spot_of(mount_by_id(system, folder), folder.path),) if spot]
    spots += [(mount.dev, mount.root) for mount in mounts if mount.point.startswith(below)]
    if not spots:
        return Sought(names=frozenset({folder.path}), several=True)
    return Sought(trees=tuple(dict.fromkeys(spots)), several=True)


def at(system: System, found: Located, names: set[str], *, alone: bool = False) -> Sought | Missing:
    """What stands at a path."""
    mode, mount = found.stat.mode, mount_by_id(system, found)
    if mount is not None and mount.fstype == "nsfs":
        return Sought(links=frozenset({mount.root}), kernel=found.path)
    if S_ISDIR(mode) and mount is not None and mount.point == found.path and not alone:
        whole = mount.root == "/"
        spots = () if whole else ((mount.dev, mount.root),)
        return Sought(devices=frozenset({mount.dev}) if whole else frozenset(), trees=spots, several=True, kernel=found.path)
    number = os.major(found.stat.rdev), os.minor(found.stat.rdev)
    if S_ISBLK(mode):
        if alone:
            return Sought(rdev=("b", *number), kernel=found.path)
        return replace(device(system, "b", *number), kernel=found.path)
    if S_ISCHR(mode) and number[0] not in OF_PTS:
        return Sought(rdev=("c", *number))
    if S_ISSOCK(mode):
        marks = identified(found, mount)
        return replace(
            sockets.named(system, {*names, found.path}, marks.files), files=marks.files, stats=marks.stats, exact=marks.exact, at=marks.at
        )
    return replace(identified(found, mount), older=found.path + DELETED, kernel=found.path)


def identified(found: Located, mount: Mount | None) -> Sought:
    """The marks of one file or folder."""
    stat = identity(found.stat)
    number = found.ino or found.stat.ino
    files = frozenset({(*mount.dev, number)} if mount else {stat})
    return Sought(files=files, stats=frozenset({stat}), exact=stat in files, at=spot_of(mount, found.path))


def device(system: System, sort: str, major: int, minor: int) -> Sought:
    """The device, and everything on the file system that is on it."""
    return Sought(rdev=(sort, major, minor), devices=frozenset({(major, minor)}), several=True, kernel=block_name(system, major, minor))


def block_name(system: System, major: int, minor: int) -> str:
    """/dev/NAME, "" where it is no block device."""
    try:
        return "/dev/" + system.reader.link(f"/sys/dev/block/{major}:{minor}").rpartition("/")[2]
    except Unreadable:
        return ""


def of(system: System, asked: Of) -> Sought | Missing:
    """What a process has."""
    try:
        link = system.proc.link(asked.pid, asked.name, *([asked.fd] if asked.fd >= 0 else []))
        if asked.fd < 0:
            return at(system, located(system.reader, system.proc.path(asked.pid, asked.name)), set(), alone=True)
    except Unreadable as refused:
        return refused.missing
    return thing(system, asked.pid, Thing(link, link, asked.fd))


def thing(system: System, pid: int, thing: Thing) -> Sought | Missing:
    """What a descriptor or a mapping of a process leads to."""
    link = thing.link
    if not link.startswith("/"):
        if link.startswith("socket:["):
            return sockets.one(system, bracketed(link), (pid, thing.fd))
        return Sought(links=frozenset({link}), same=(pid, thing.fd) if link.startswith("anon_inode:") else None)
    if thing.fd < 0:
        return mapping(system, pid, thing)
    try:
        info = split(thing.fd, link, system.proc.read(pid, "fdinfo", thing.fd))
    except Unreadable as refused:
        return refused.missing
    mount = mount_in(system, pid, known(info.number_of("mnt_id")))
    try:
        stat = system.reader.stat(system.proc.path(pid, "fd", thing.fd))
    except Unreadable as refused:
        number = known(info.number_of("ino"))
        if mount is None or not number:
            why = replace(refused.missing, detail=f"which file it is ({refused.missing.detail})")
            return Sought(names=frozenset({link}), unsure=why)
        return Sought(files=frozenset({(*mount.dev, number)}), same=(pid, thing.fd), at=spot_of(mount, link.removesuffix(DELETED)))
    name = link if stat.nlink else link.removesuffix(DELETED)
    found = Located(stat, known(info.number_of("mnt_id")), known(info.number_of("ino")), name)
    if S_ISCHR(stat.mode) or S_ISBLK(stat.mode):
        return at(system, found, {link}, alone=True)
    return replace(identified(found, mount), same=(pid, thing.fd), kernel=found.path if stat.nlink else "")


def mapping(system: System, pid: int, thing: Thing) -> Sought:
    """A mapped file: maps names another device than stat(2) on some file systems."""
    files = frozenset({(*thing.device, thing.inode)})
    mount = mount_of(system, thing.link)
    try:
        stat = frozenset({identity(system.reader.stat(system.proc.path(pid, "map_files", thing.addresses)))})
    except Unreadable:
        stat = frozenset()
    return Sought(files=files, stats=stat or files, at=spot_of(mount, thing.link) if mount and mount.dev == thing.device else None)


def identity(stat: FileStat) -> tuple[int, int, int]:
    """Of stat(2)."""
    return os.major(stat.dev), os.minor(stat.dev), stat.ino


def mount_by_id(system: System, found: Located) -> Mount | None:
    """The mount that it is on, None where we do not see that."""
    return system.mounts.of("self").get(found.mnt_id)


def mount_in(system: System, pid: int, mnt_id: int) -> Mount | None:
    """A mount by its id, as we see it, else as a process does: what links say begins at our root."""
    return system.mounts.of("self").get(mnt_id) or system.mounts.of(pid).get(mnt_id)


def mount_of(system: System, path: str) -> Mount | None:
    """The mount that a path of ours is on."""
    return longest(system.mounts.of("self"), path)


def longest(mounts: Mapping[int, Mount], path: str) -> Mount | None:
    """The mount that a path is on: the last one of those whose point is the longest beginning of it."""
    best: Mount | None = None
    for mount in mounts.values():
        point = mount.point
        if (point == "/" or path == point or path.startswith(point + "/")) and (best is None or len(point) >= len(best.point)):
            best = mount
    return best


def spot_of(mount: Mount | None, path: str) -> Spot | None:
    """Where in its file system a path is; None where it is not below the mount point."""
    if mount is None or not (mount.point == "/" or path == mount.point or path.startswith(mount.point + "/")):
        return None
    rest = path[len(mount.point) :] if mount.point != "/" else path
    return mount.dev, (mount.root.rstrip("/") + "/" + rest.lstrip("/")).rstrip("/") or "/"


def here() -> str:
    """Our working directory; the root where ours is gone."""
    try:
        return os.getcwd()
    except OSError:
        return "/"
