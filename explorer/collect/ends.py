"""What a descriptor's own text does not say: what a socket is, who is at the other end, what is watched."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import islice

from explorer.decode.constants.seals import seal_names
from explorer.decode.fd.bpf import Bpf
from explorer.decode.fd.device import BlockDevice, CharDevice, numbers
from explorer.decode.fd.eventpoll import EventPoll, Watch
from explorer.decode.fd.fanotify import Fanotify, FanotifyMark
from explorer.decode.fd.inotify import Inotify
from explorer.decode.fd.memfd import MemFd
from explorer.decode.fd.mqueue import MessageQueue, state
from explorer.decode.fd.namespace import Namespace
from explorer.decode.fd.path import PathFd
from explorer.decode.fd.pidfd import PidFd
from explorer.decode.fd.raw import known, split
from explorer.decode.fd.socket import SocketFd
from explorer.kernel.reader import Ask
from explorer.model.endpoints import Endpoint, Holder
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Unreadable
from explorer.model.socket import InetSocket, UnixSocket
from explorer.resolve.comm import comm
from explorer.resolve.devices import PTMX
from explorer.resolve.sockets import is_lost
from explorer.resolve.system import System
from explorer.resolve.watches import Watched

OFTEN, MOST_OF_OFTEN = 16, 32
"""Of a thing that a process has more than so many times, each descriptor names at most so many others."""
MOST_DETAILS = 512
MOST_CLIENTS = 64
"""Of the clients of one socket, so many are named."""
DETAILED = (EventPoll, Inotify, Fanotify, PidFd, MemFd, MessageQueue, Namespace, Bpf, CharDevice, BlockDevice)
"""What with_details has something to say of."""


def connected(
    system: System,
    pid: int,
    fds: Mapping[int, Fd],
    siblings: Mapping[int, Fd],
    *,
    likely: Collection[int] = (),
    budget: float,
    closely: Collection[int] = (),
) -> dict[int, Fd]:
    """The descriptors `fds` of a process with all of that filled in. siblings: the descriptors of the process known so far.

    likely, budget: as in resolve/holders.py. closely: numbers of those that somebody looks at, of which more is asked (with_inet_details).
    Sockets that were closed meanwhile are left out. Never raises.
    """
    found = with_sockets(system, pid, fds)
    if closely:
        found = with_inet_details(system, pid, found, closely)
    found = with_holders(system, pid, found, likely, budget)
    found = with_locks(system, pid, found)
    known = {**siblings, **found}
    found = {number: with_details(system, pid, fd, known) if isinstance(fd, DETAILED) else fd for number, fd in found.items()}
    found = {number: with_queue(system, pid, fd, budget) if isinstance(fd, MessageQueue) else fd for number, fd in found.items()}
    return with_terminals(system, pid, found, budget)


def with_sockets(system: System, pid: int, fds: Mapping[int, Fd]) -> dict[int, Fd]:
    """What each socket is: one question for all. One that no table has may have been closed since its link was read."""
    inodes = {number: fd.inode for number, fd in fds.items() if isinstance(fd, SocketFd)}
    sockets = system.elsewhere.with_peers(pid, system.sockets.of(pid, inodes)) if inodes else {}
    found: dict[int, Fd] = {}
    for number, fd in fds.items():
        if not isinstance(fd, SocketFd):
            found[number] = fd
        elif not is_lost(sockets[fd.inode]) or still(system, pid, number, fd.target):
            found[number] = fd if fd.socket == sockets[fd.inode] else replace(fd, socket=sockets[fd.inode])
    return found


def with_locks(system: System, pid: int, fds: Mapping[int, Fd]) -> dict[int, Fd]:
    """Who waits for the locks of each file, and which ones the process itself waits for."""
    found = dict(fds)
    files = [fd for fd in fds.values() if isinstance(fd, PathFd) and fd.inode]
    known = system.locks.by_inode() if files else {}
    for fd in files:
        if any(lock.waits for lock in known.get(fd.inode, ())) or any(lock.waits or lock.waiting for lock in fd.locks):
            mount = system.mounts.of(pid).get(fd.mnt_id)
            held = [replace(lock, waiting=()) for lock in fd.locks if not lock.waits]
            locks = system.locks.of(pid, mount.dev if mount else numbers(fd.dev), fd.inode, held)
            found[fd.number] = replace(fd, locks=locks)
    return found


def with_inet_details(system: System, pid: int, fds: Mapping[int, Fd], numbers: Collection[int]) -> dict[int, Fd]:
    """What the internet sockets among these numbers themselves say: congestion, round trips, memory, options. MOST_DETAILS of them."""
    wanted = {number: fd.socket for number in numbers if isinstance(fd := fds.get(number), SocketFd) and isinstance(fd.socket, InetSocket)}
    said = system.sockets.details(pid, dict(islice(wanted.items(), MOST_DETAILS))) if wanted else {}
    return {
        number: replace(fd, socket=replace(fd.socket, details=said[fd.inode]))
        if isinstance(fd, SocketFd) and isinstance(fd.socket, InetSocket) and fd.inode in said
        else fd
        for number, fd in fds.items()
    }


def still(system: System, pid: int, number: int, link: str) -> bool:
    """Whether a number means the same as when its link was read."""
    try:
        return system.proc.link(pid, "fd", number) == link
    except Unreadable:
        return False


def with_holders(system: System, pid: int, fds: Mapping[int, Fd], likely: Collection[int], budget: float) -> dict[int, Fd]:
    """Who has the other end of each, and who else this one: one question for all."""
    wanted = {end for fd in fds.values() for end in (fd.endpoint, *far_ends(fd)) if end is not None}
    if not wanted:
        return dict(fds)
    holders = system.holders.of(wanted, likely=(pid, *likely), budget=budget)
    often = {end for end, times in Counter(fd.endpoint for fd in fds.values()).items() if times > OFTEN}
    holders |= {end: first_of_each(holders[end])[:MOST_OF_OFTEN] for end in often if end is not None}
    found = {}
    for number, fd in fds.items():
        if fd.endpoint is None:
            found[number] = fd
            continue
        others = tuple(holder for holder in holders[fd.endpoint] if (holder.pid, holder.fd) != (pid, number))
        if fd.other_end == fd.endpoint:
            peers = tuple(holder for holder in others if is_peer(fd.access, holder))
            others = tuple(holder for holder in others if not is_peer(fd.access, holder))
        else:
            peers = tuple(holder for end in far_ends(fd) for holder in holders[end])
        peers, others = (tuple(sorted(some, key=lambda holder: holder.pid == pid)) for some in (peers, others))
        unseen = system.holders.unseen(fd.other_end)
        same = (fd.peers, fd.others, fd.unseen) == (peers, others, unseen)
        found[number] = fd if same else replace(fd, peers=peers, others=others, unseen=unseen)
    return found


def first_of_each(holders: Iterable[Holder]) -> tuple[Holder, ...]:
    """All of them, but one descriptor of each process first."""
    holders = list(holders)
    first = {holder.pid: holder for holder in reversed(holders)}
    return tuple(dict.fromkeys((*first.values(), *holders)))


def far_ends(fd: Fd) -> tuple[Endpoint, ...]:
    """The endpoints at the other end: of a datagram server its clients, of a listener those who wait to be accepted."""
    ends = (fd.other_end,) if fd.other_end is not None and fd.other_end != fd.endpoint else ()
    if isinstance(fd, SocketFd) and isinstance(fd.socket, InetSocket | UnixSocket):
        clients = (*fd.socket.clients, *fd.socket.waiting) if isinstance(fd.socket, UnixSocket) else fd.socket.waiting
        return (*ends, *(("socket", inode) for inode in clients[:MOST_CLIENTS]))
    return ends


def is_peer(access: str, holder: Holder) -> bool:
    """Of a pipe, whose two ends are one inode: whether what one writes the other may read."""
    return ("r" in access and "w" in holder.access) or ("w" in access and "r" in holder.access)


def with_details(system: System, pid: int, fd: Fd, siblings: Mapping[int, Fd]) -> Fd:
    """What only some kinds have."""
    if isinstance(fd, EventPoll):
        return replace(fd, watches=tuple(seen(system, pid, watch, siblings) for watch in fd.watches))
    if isinstance(fd, Inotify | Fanotify):
        return with_paths(system, pid, fd, siblings)
    if isinstance(fd, PidFd) and isinstance(fd.pid, int) and fd.pid > 0:
        return replace(fd, comm=comm(system.proc, fd.pid))
    if isinstance(fd, MemFd):
        return replace(fd, seals=seals(system, pid, fd.number))
    if isinstance(fd, Namespace):
        return replace(fd, own=is_own(system, pid, fd))
    if isinstance(fd, Bpf):
        sort, number = ("prog", fd.prog_id) if fd.sort == "link" else (fd.sort, fd.id)
        return replace(fd, name=system.bpf_names.of(sort, number)) if sort in {"prog", "map"} and isinstance(number, int) else fd
    if isinstance(fd, CharDevice):
        device = system.devices.of("char", fd.major, fd.minor)
        return replace(fd, driver=device.driver, name=device.name)
    if isinstance(fd, BlockDevice):
        return replace(fd, **system.devices.of("block", fd.major, fd.minor)._asdict())
    return fd


def is_own(system: System, pid: int, fd: Namespace) -> bool | Missing:
    """Whether a process is in a namespace that it holds."""
    try:
        return system.proc.link(pid, "ns", fd.type) == fd.target
    except Unreadable as refused:
        return refused.missing


def with_queue(system: System, pid: int, fd: MessageQueue, budget: float) -> Fd:
    """How much is in a message queue, and who else has it: of those with that link, who has that inode on that mount."""
    answer = system.reader.ask([Ask("q", system.proc.path(pid, "fd", fd.number))])[0]
    queued, notify = (answer, 0) if isinstance(answer, Missing) else state(answer)
    end = ("fifo", fd.target)
    holders = system.holders.of([end], likely=(pid,), budget=budget)[end]
    strangers = (holder for holder in holders if (holder.pid, holder.fd) != (pid, fd.number))
    others = tuple(holder for holder in strangers if fd.ino and identity(system, holder) == (fd.mnt_id, fd.ino))
    return replace(fd, queued=queued, notify=notify, others=others)


def identity(system: System, holder: Holder) -> tuple[int, int]:
    """Mount and inode of somebody's descriptor, (0, 0) where that may not be read."""
    try:
        raw = split(holder.fd, "", system.proc.read(holder.pid, "fdinfo", holder.fd))
    except Unreadable:
        return 0, 0
    return known(raw.number_of("mnt_id")), known(raw.number_of("ino"))


def with_terminals(system: System, pid: int, fds: Mapping[int, Fd], budget: float) -> dict[int, Fd]:
    """Who has the other side of each pseudoterminal."""
    found, ends = dict(fds), dict[tuple[bool, int], tuple[Holder, ...]]()
    for fd in fds.values():
        if isinstance(fd, CharDevice) and fd.terminal >= 0:
            key = fd.path in PTMX, fd.terminal
            if key not in ends:
                ends[key] = system.devices.terminal_ends(system.holders, pid, fd.path, fd.terminal, budget)
            found[fd.number] = replace(fd, peers=ends[key], unseen=None if ends[key] else system.holders.unseen())
    return found


def seen(system: System, pid: int, watch: Watch, siblings: Mapping[int, Fd]) -> Watch:
    """What a watched number is now. The watch is on the open file, not on the number: that may be closed, or another file."""
    sibling = siblings.get(watch.tfd)
    if sibling is None:
        try:
            what = system.proc.link(pid, "fd", watch.tfd)
        except Unreadable:
            what = ""
        closed = not what
    else:
        closed = bool(watch.ino and sibling.ino and watch.ino != sibling.ino)
        what = sibling.note
    if not closed:
        return replace(watch, what=what, closed=False, held_as=-1)
    held = next((fd for fd in siblings.values() if watch.ino and fd.ino == watch.ino and not fd.target.startswith("anon_inode:")), None)
    return replace(watch, what=held.note if held else "", closed=True, held_as=held.number if held else -1)


def with_paths(system: System, pid: int, fd: Inotify | Fanotify, siblings: Mapping[int, Fd]) -> Fd:
    """Where the watched files are."""
    opened = [other.path for other in siblings.values() if isinstance(other, PathFd)][:MOST_CLIENTS]
    if isinstance(fd, Inotify):
        files = [Watched(watch.sdev, watch.ino, watch.handle_type, watch.handle) for watch in fd.watches]
        paths = system.watches.of(pid, files, opened)
        return replace(fd, watches=tuple(replace(watch, path=paths[file]) for watch, file in zip(fd.watches, files, strict=True)))
    inodes = [Watched(mark.sdev, mark.ino, mark.handle_type, mark.handle) for mark in fd.marks if mark.on == "inode"]
    paths = system.watches.of(pid, inodes, opened) if inodes else {}
    return replace(fd, marks=tuple(replace(mark, path=place(system, pid, mark, paths)) for mark in fd.marks))


def place(system: System, pid: int, mark: FanotifyMark, paths: Mapping[Watched, str | Missing]) -> str | Missing:
    """Where a fanotify mark is: on a file, a mount, a file system or a mount namespace."""
    if mark.on == "mount":
        return system.watches.mount_point(pid, mark.mnt_id)
    if mark.on == "filesystem":
        return system.watches.file_system(pid, mark.sdev)
    if mark.on == "mntns":
        return f"mnt:[{mark.mnt_ns}]"
    return paths[Watched(mark.sdev, mark.ino, mark.handle_type, mark.handle)]


def seals(system: System, pid: int, number: int) -> tuple[str, ...] | Missing:
    """The seals of a memfd."""
    answer = system.reader.ask([Ask("m", system.proc.path(pid, "fd", number))])[0]
    return answer if isinstance(answer, Missing) else seal_names(int(answer))


def pids(fds: Iterable[Fd]) -> set[int]:
    """The processes that have something to do with these descriptors: where to look first, next time."""
    return {holder.pid for fd in fds for holder in (*fd.peers, *fd.others)}
