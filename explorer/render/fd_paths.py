"""Rows of descriptors that have a path, and of pipes."""

from collections.abc import Sequence
from typing import Final

from explorer.decode.fd.device import BlockDevice, CharDevice
from explorer.decode.fd.file import File
from explorer.decode.fd.mqueue import MessageQueue
from explorer.decode.fd.path import PathFd
from explorer.model.endpoints import Holder
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason
from explorer.render.fd_cells import Cells, Form, also, joined, lines, people
from explorer.render.missing import short
from explorer.render.piece import Line, Piece, Role, line, piece
from explorer.render.sizes import size

SHORT: Final = {"regular": "reg", "directory": "dir", "chr": "chr", "blk": "blk", "file": "file", "fifo": "fifo", "pipe": "pipe"}
MADE_UP: Final = frozenset({
    "proc", "sysfs", "tracefs", "debugfs", "cgroup", "cgroup2", "securityfs", "configfs", "bpf", "efivarfs", "selinuxfs", "fusectl",
    "binfmt_misc", "nsfs", "pstore", "resctrl", "smackfs", "functionfs", "rpc_pipefs", "nfsd",
})  # fmt: skip
"""File systems of which a size says nothing: what is read is made when it is read."""
SAID: Final = {"tty-index": "pts", "drm-driver": "", "drm-pdev": "", "drm-client-id": "client"}
MOST_SAID: Final = 3
"""Of what a driver says in fdinfo, so much stands in a row; all of it below."""
LEAST_RATE: Final = 0.5
WORDS: Final = {"LEASE": "lease", "DELEG": "delegation"}


def path(fd: PathFd) -> tuple[Line, ...]:
    """The path whole, then with ever more folders taken away from its left; whether it is deleted stays."""
    mark = (piece(" deleted", Role.MIND),) if fd.deleted is True else ()
    return tuple((piece(text, Role.PATH), *mark) for text in shortened(fd.path))


def shortened(text: str) -> list[str]:
    """/var/log/nginx/error.log, …/log/nginx/error.log, …/nginx/error.log, …/error.log"""
    folders = text.split("/")[1:]
    return [text, *("…/" + "/".join(folders[index:]) for index in range(1, len(folders)))]


def regular(fd: Fd, rate: float) -> Cells:
    assert isinstance(fd, PathFd)
    if fd.unanswered is not None:
        return Cells(fd.kind, SHORT[fd.kind], path(fd), unanswered(fd.unanswered))
    if fd.fstype in MADE_UP:
        held = line(piece(locks(fd), Role.MIND)) if fd.locks else ()
        return Cells("regular", "reg", path(fd), lines(joined(line(piece(fd.fstype, Role.SECONDARY)), held)))
    long: list[Piece] = [piece(size(fd.size))]
    position = 0 if isinstance(fd.position, Missing) else fd.position
    if 0 < position != fd.size and "O_APPEND" not in fd.flag_names:
        long.append(piece(f" at {size(position)}"))
    moving = (piece(speed(rate), Role.NEW),) if abs(rate) >= LEAST_RATE else ()
    locked = (piece(locks(fd), Role.MIND),) if fd.locks else ()
    return Cells(
        "regular",
        "reg",
        path(fd),
        lines(
            joined(tuple(long), moving, locked),
            joined(tuple(long[:1]), moving, locked, gap=" "),
            joined(tuple(long[:1]), moving or locked, gap=" "),
            tuple(long[:1]),
        ),
    )


def unanswered(why: Missing) -> tuple[Line, ...]:
    """What stat(2) would have said, in words."""
    if why.reason is not Reason.TIMED_OUT:
        return (short(why),)
    head, _, place = why.detail.partition(" (")
    fstype = f" ({place.partition(' on ')[0].rstrip(')')})" if place else ""
    return lines(*(line(piece(text, Role.MIND)) for text in (f"{head}{fstype}", f"did not answer{fstype}", "did not answer", "no answer")))


def speed(rate: float) -> str:
    """+18K/s, -4K/s"""
    return f"{'+' if rate > 0 else ''}{size(round(rate))}/s"


def locks(fd: PathFd) -> str:
    """`locked WRITE`, `lease READ`, `2 locks`; `waits for WRITE lock of sh 812`, and who waits for one, go before all else."""
    wanted = next((lock for lock in fd.locks if lock.waits), None)
    if wanted is not None:
        owner = f" of {named(wanted.held_by)}" if wanted.held_by else ""
        return f"waits for {wanted.access} lock{owner}"
    waiting = tuple(dict.fromkeys(holder for lock in fd.locks for holder in lock.waiting))
    lock = fd.locks[0]
    held = f"{len(fd.locks)} locks" if len(fd.locks) > 1 else f"{WORDS.get(lock.type, 'locked')} {lock.access}"
    return f"{held}, {named(waiting)} {'wait' if len(waiting) > 1 else 'waits'}" if waiting else held


def named(holders: Sequence[Holder]) -> str:
    """sh 812, sh 812 and 2 more"""
    first = f"{holders[0].comm or '?'} {holders[0].pid}"
    return f"{first} and {len(holders) - 1} more" if len(holders) > 1 else first


def plain(fd: Fd, _rate: float) -> Cells:
    """A directory, a block device, a symbolic link, something that stat(2) did not answer for."""
    assert isinstance(fd, PathFd)
    kind = fd.type if isinstance(fd, File) and fd.type else fd.kind
    held = (piece(locks(fd), Role.MIND),) if fd.locks else ()
    detail = unanswered(fd.unanswered) if fd.unanswered is not None else lines(held)
    return Cells(kind, SHORT.get(fd.kind, "file"), path(fd), detail)


def device(fd: Fd, rate: float) -> Cells:
    """A character device: its interface, who has the terminal's other side, what its driver says; its name where the file has another."""
    assert isinstance(fd, CharDevice)
    held = line(piece(locks(fd), Role.MIND)) if fd.locks else ()
    name = line(piece(fd.name, Role.NAME)) if fd.name and fd.name not in {fd.path.rpartition("/")[2], "ptmx"} else ()
    if fd.interface is not None:
        tap = line(piece("interface ", Role.SECONDARY), piece(fd.interface, Role.NAME)) if fd.interface else line("no interface yet")
        return plain(fd, rate)._replace(detail=lines(joined(tap, held), tap))
    if fd.peers:
        index = line(piece(f"pts/{fd.terminal} " if fd.name == "ptmx" else "of ", Role.SECONDARY))
        return plain(fd, rate)._replace(detail=lines((*index, *people(fd.peers)), (*index, *people(fd.peers, 1)), people(fd.peers, 1)))
    said = "  ".join(f"{SAID.get(key, key)} {value}".lstrip() for key, value in fd.says[:MOST_SAID] if value)
    found = joined(name, line(piece(said, Role.SECONDARY)) if said else (), held)
    return plain(fd, rate)._replace(detail=lines(found, name or held)) if found else plain(fd, rate)


def block(fd: Fd, rate: float) -> Cells:
    """A block device: how large, what is behind it."""
    assert isinstance(fd, BlockDevice)
    large = line(size(fd.capacity)) if fd.capacity else ()
    name = fd.alias or (fd.name if fd.name != fd.path.rpartition("/")[2] else "")
    behind = line(piece(name, Role.NAME)) if name else ()
    held = line(piece(locks(fd), Role.MIND)) if fd.locks else ()
    backing = [joined(large, line(piece("file ", Role.SECONDARY), piece(text, Role.PATH)), held) for text in shortened(fd.backing)]
    found = lines(*(backing if fd.backing else []), joined(large, behind, held), large)
    return plain(fd, rate)._replace(detail=found) if found and fd.unanswered is None else plain(fd, rate)


def pipe(fd: Fd, _rate: float) -> Cells:
    """A pipe or fifo: who has the other end is what matters."""
    target = path(fd) if isinstance(fd, PathFd) else lines(line(piece(fd.target, Role.SECONDARY)))
    long, brief = also(fd.others)
    detail: list[Line] = []
    word = {"r": "from", "w": "to"}.get(fd.access, "with")
    if fd.peers:
        head = line(piece(f"{word} ", Role.SECONDARY))
        for most, rest in ((2, long), (2, brief), (1, brief), (1, "")):
            detail.append(joined((*head, *people(fd.peers, most)), line(piece(rest, Role.SECONDARY)) if rest else ()))
    else:
        shared = line(piece(long, Role.SECONDARY)) if long else ()
        detail += [joined(end, shared) for end in alone(fd)] + list(alone(fd))
    return Cells(fd.kind, fd.kind, target, lines(*detail))


def alone(fd: Fd) -> tuple[Line, ...]:
    """A pipe whose other end nobody is seen to have."""
    if fd.unseen is not None:
        return lines(line(piece("other end not seen", Role.SECONDARY)), line(piece("not seen", Role.SECONDARY)))
    words = {"r": "nobody writes", "w": "nobody reads"}.get(fd.access, "nobody else")
    return lines(line(piece(words, Role.MIND)))


def mqueue(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, MessageQueue)
    name = line(piece(fd.name, Role.PATH), piece(" deleted", Role.MIND)) if fd.deleted else line(piece(fd.name, Role.PATH))
    queue = short(fd.queued) if isinstance(fd.queued, Missing) else line(piece(f"{size(fd.queued)} queued")) if fd.queued else line("empty")
    long, brief = also(fd.others)
    shared, few = (line(piece(text, Role.SECONDARY)) if text else () for text in (long, brief))
    return Cells("mqueue", "mq", lines(name), lines(joined(queue, shared), joined(queue, few, gap=" "), queue))


FORMS: Final[dict[str, Form]] = {
    "regular": regular,
    "directory": plain,
    "blk": block,
    "file": plain,
    "chr": device,
    "pipe": pipe,
    "fifo": pipe,
    "mqueue": mqueue,
}
