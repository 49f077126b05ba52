"""What every descriptor has that was opened by a path."""

from dataclasses import dataclass
from typing import Final

from explorer.decode.fd.raw import NOT_LOOKED_UP, Common, RawFd, Stat
from explorer.model.endpoints import Holder
from explorer.model.fd import Fd
from explorer.model.missing import Missing

DELETED: Final = " (deleted)"


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock or lease on the open file, as /proc/locks has it. type: FLOCK, POSIX, OFDLCK, LEASE, DELEG.

    mode: ADVISORY, MANDATORY, ACTIVE, BREAKING …; access: READ, WRITE, RW, NONE, UNLCK. end -1: to the end of the file.
    waits: asked for, not granted. waiting: who waits for this one; held_by: who has what this one waits for; their fd is not known, -1.
    """

    type: str
    mode: str
    access: str
    pid: int
    start: int
    end: int
    waits: bool = False
    waiting: tuple[Holder, ...] = ()
    held_by: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PathFd(Fd):
    """path: without the mark of deletion. deleted: whether its name is gone; Missing where stat(2) did not answer.

    dev, inode, mode, size, links: of stat(2), 0 where it did not answer; unanswered says why. fstype, mount: of the file system
    and where it is mounted, "" where the process does not see it.
    """

    path: str
    deleted: bool | Missing
    dev: int = 0
    inode: int = 0
    mode: int = 0
    size: int = 0
    links: int = 0
    fstype: str = ""
    mount: str = ""
    unanswered: Missing | None = None
    locks: tuple[Lock, ...] = ()

    @property
    def note(self) -> str:
        return self.path


class PathFacts(Common):
    """What PathFd adds to the facts that every descriptor has."""

    path: str
    deleted: bool | Missing
    dev: int
    inode: int
    mode: int
    size: int
    links: int
    fstype: str
    mount: str
    unanswered: Missing | None
    locks: tuple[Lock, ...]


def facts(raw: RawFd) -> PathFacts:
    """A file may be named "x (deleted)", so the suffix counts only where no link is left, or none of that name (fs/d_path.c)."""
    stat = raw.stat if isinstance(raw.stat, Stat) else None
    deleted: bool | Missing = False
    if raw.link.endswith(DELETED):
        deleted = stat.nlink == 0 or stat.renamed if stat else (raw.stat if isinstance(raw.stat, Missing) else NOT_LOOKED_UP)
    return {
        **raw.common,
        "path": raw.link.removesuffix(DELETED) if deleted is True else raw.link,
        "deleted": deleted,
        "dev": stat.dev if stat else 0,
        "inode": stat.ino if stat else 0,
        "mode": stat.mode if stat else 0,
        "size": stat.size if stat else 0,
        "links": stat.nlink if stat else 0,
        "fstype": stat.fstype if stat else "",
        "mount": stat.mount if stat else "",
        "unanswered": raw.stat if isinstance(raw.stat, Missing) else None,
        "locks": tuple(lock for line in raw.info.get("lock", ()) if (lock := decode_lock(line))),
    }


def decode_lock(line: str) -> Lock | None:
    """`1: FLOCK  ADVISORY  WRITE 2194 fe:00:2165022 0 EOF`; an arrow after the number: it waits (fs/locks.c)."""
    words = line.split()[1:]
    waits = words[:1] == ["->"]
    if waits:
        words = words[1:]
    if len(words) < 7 or not words[5].isdigit():
        return None
    try:
        return Lock(words[0], words[1], words[2], int(words[3]), int(words[5]), -1 if words[6] == "EOF" else int(words[6]), waits)
    except ValueError:
        return None
