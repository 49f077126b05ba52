"""A descriptor as something to wait for: what it is, and who can make it ready."""

from typing import TYPE_CHECKING

from explorer.collect.glance import Glance
from explorer.collect.waits.blocked import holders
from explorer.decode.fd.device import CharDevice
from explorer.decode.fd.eventfd import EventFd
from explorer.decode.fd.eventpoll import EventPoll
from explorer.decode.fd.inotify import Inotify
from explorer.decode.fd.pidfd import PidFd
from explorer.decode.fd.pipe import Fifo, Pipe
from explorer.decode.fd.signalfd import SignalFd
from explorer.decode.fd.socket import SocketFd
from explorer.decode.fd.timerfd import TimerFd
from explorer.decode.proc import net
from explorer.kernel.descriptors import access as access_of
from explorer.kernel.descriptors import links
from explorer.model.endpoints import Holder
from explorer.model.missing import Missing, Unreadable
from explorer.model.socket import InetSocket, Socket, UnixSocket, where
from explorer.model.stack import Party

if TYPE_CHECKING:
    from explorer.model.fd import Fd


def others(fd: "Fd", glance: Glance, access: str) -> tuple[Holder, ...]:
    """Descriptors of other processes that hold the other end of a pipe for reading ("r") or writing ("w")."""
    return tuple(holder for holder in (*fd.peers, *fd.others) if holder.pid != glance.pid and access in holder.access)


def own(fd: "Fd", glance: Glance, access: str) -> tuple[int, ...]:
    """Descriptors of the process itself that are the other end of a pipe, for reading or writing."""
    itself = (fd.number,) if access in fd.access and fd.access == "rw" else ()
    return (*itself, *(holder.fd for holder in (*fd.peers, *fd.others) if holder.pid == glance.pid and access in holder.access))


def late(fd: "Fd", glance: Glance, access: str) -> tuple[Holder, ...]:
    """As others(), among processes that were just born: the walk over all descriptors may not have met them yet (resolve/holders.py)."""
    found = []
    for pid in glance.newborn:
        if pid == glance.pid:
            continue
        try:
            numbers = [number for number, link in links(glance.system.proc, pid) if link == fd.target]
        except Unreadable:
            continue
        ends = ((number, access_of(glance.system.proc, pid, number)) for number in numbers)
        found += [Holder(pid, number, glance.comm(pid), way) for number, way in ends if access in way]
    return tuple(found)


def parties(found: tuple[Holder, ...], role: str) -> tuple[Party, ...]:
    """Holders as those whom a wait concerns, each process once."""
    return tuple({holder.pid: Party(holder.pid, holder.pid, holder.comm, role, holder.fd) for holder in reversed(found)}.values())[::-1]


def names(found: tuple[Holder, ...]) -> str:
    """Holders as a list of processes."""
    return holders((holder.pid, holder.comm) for holder in found)


def remote(fd: SocketFd, glance: Glance) -> str:
    """Who is at the other end of a connected socket, "" where it is not connected."""
    peers = tuple(holder for holder in fd.peers if holder.pid != glance.pid) or fd.peers
    if peers:
        return names(peers)
    if isinstance(fd.socket, InetSocket) and fd.socket.connected:
        return where(fd.socket.remote)
    return fd.socket.peer_path if isinstance(fd.socket, UnixSocket) else ""


def sort(socket: Socket) -> str:
    """tcp, udp, unix, netlink …"""
    return socket.protocol if socket.family in {"inet", "inet6"} and socket.protocol else socket.family


def who_listens(glance: Glance, path: str) -> tuple[Holder, ...]:
    """Who has the listening unix socket of that name, in the network namespace of the process."""
    try:
        table = net.unix(glance.system.proc.read(glance.door, "net", "unix"))
    except Unreadable:
        return ()
    there = [("socket", found.inode) for found in table if found.path == path and found.listens]
    holders_of = glance.system.holders.of(there) if there else {}
    return tuple(holder for end in there for holder in holders_of[end] if holder.pid != glance.pid)


def phrase(fd: "Fd", glance: Glance) -> str:
    """A few words: `tcp 0.0.0.0:80`, `unix to 811 nginx`, `pipe from 1302 rsync`."""
    if isinstance(fd, SocketFd):
        return of_socket(fd, glance)
    if isinstance(fd, Pipe | Fifo):
        reads = "r" in fd.access
        ends = others(fd, glance, "w" if reads else "r")
        if ends:
            return f"{fd.kind} {'from' if reads else 'to'} {names(ends)}"
        if own(fd, glance, "w" if reads else "r"):
            return f"{fd.kind} of its own"
        if fd.unseen is not None or late(fd, glance, "w" if reads else "r"):
            return fd.note
        return f"{fd.kind} that nobody {'writes' if reads else 'reads'}"
    if isinstance(fd, EventFd):
        sharing = tuple(holder for holder in fd.others if holder.pid != glance.pid)
        return f"eventfd {fd.number}" + (f" from {names(sharing)}" if sharing else "")
    if isinstance(fd, TimerFd):
        return f"timer {fd.number}" + ("" if fd.value else " (not armed)")
    if isinstance(fd, SignalFd):
        return "signal " + " ".join(name.removeprefix("SIG") for name in fd.signals)
    if isinstance(fd, Inotify):
        return f"changes of {len(fd.watches)} watched {'path' if len(fd.watches) == 1 else 'paths'}"
    if isinstance(fd, PidFd):
        return f"{glance.named(fd.pid)} to end" if isinstance(fd.pid, int) and fd.pid > 0 else "an ended process"
    if isinstance(fd, EventPoll):
        return f"eventpoll {fd.number} ({len(fd.watches)} watched)"
    if isinstance(fd, CharDevice) and fd.path.startswith(("/dev/pts/", "/dev/tty", "/dev/console")):
        return f"terminal {fd.path}"
    return fd.note


def of_socket(fd: SocketFd, glance: Glance) -> str:
    """Listening, connected or neither."""
    socket = fd.socket
    if isinstance(socket, Missing):
        return fd.target
    if socket.listens or not (end := remote(fd, glance)):
        return f"{sort(socket)} {socket.address}".rstrip()
    if isinstance(socket, InetSocket):
        return f"{sort(socket)} {socket.address}"
    return f"{sort(socket)} to {end}"


def due(fd: "Fd") -> float | None:
    """When it becomes ready by itself, in seconds."""
    return fd.value if isinstance(fd, TimerFd) and isinstance(fd.value, float | int) and fd.value > 0 else None
