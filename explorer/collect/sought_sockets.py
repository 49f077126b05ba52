"""Sockets that are looked for: by address and port, by name, by inode, in all network namespaces."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Final

from explorer.decode.fd.socket import SocketFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason
from explorer.model.socket import InetSocket, Socket, UnixSocket
from explorer.model.sought import Identity, Sought
from explorer.resolve.system import System

INTERNET: Final = ("tcp", "udp", "mptcp", "udplite", "sctp", "raw", "icmp")
NONE: Final = Missing(Reason.UNSUPPORTED, "a descriptor")


def internet(system: System, matches: Callable[[Fd], bool]) -> Sought:
    """Those that match, as query/inet.py has it."""
    return of(system, [each for table in INTERNET for each in system.elsewhere.all(table) if matches(descriptor(each[1]))], several=True)


def descriptor(socket: Socket) -> SocketFd:
    """As if somebody had it: what asks of descriptors is asked of sockets."""
    return SocketFd(number=-1, target=f"socket:[{socket.inode}]", position=NONE, flags=NONE, inode=socket.inode, socket=socket)


def named(system: System, names: Collection[str], files: Iterable[Identity] = ()) -> Sought:
    """Unix sockets that are bound to one of these names, and those at their other ends. files: by which the names are known, for
    somebody may have bound to one by another name. What accept(2) gave has the name of its listener.
    """
    bound = {inode for file in files for inode in system.elsewhere.bound(file)}
    sockets = [(pid, socket) for pid, socket in system.elsewhere.all("unix") if isinstance(socket, UnixSocket)]
    found = [(pid, socket) for pid, socket in sockets if socket.path in names or socket.inode in bound]
    return of(system, found, several=True)


def one(system: System, inode: int, holder: tuple[int, int] | None = None) -> Sought:
    """One socket, and its other end. holder: a process that has it, as which descriptor."""
    if holder is not None:
        pid, fd = holder
        socket = system.sockets.of(pid, {fd: inode})[inode]
        found = None if isinstance(socket, Missing) else (pid, socket)
    else:
        found = system.elsewhere.find(inode)
    return replace(of(system, [found] if found else []), links=frozenset({f"socket:[{inode}]"}))


def of(system: System, found: Iterable[tuple[int, Socket]], *, several: bool = False) -> Sought:
    """The marks of these sockets, each with a process that is in its network namespace."""
    spaces: dict[int, dict[int, Socket | Missing]] = {}
    for pid, socket in found:
        spaces.setdefault(pid, {})[socket.inode] = socket
    known = {
        inode: socket
        for pid, here in spaces.items()
        for inode, socket in system.elsewhere.with_peers(pid, here).items()
        if not isinstance(socket, Missing)
    }
    return Sought(
        sockets={inode: words(socket) for inode, socket in known.items()},
        ends=frozenset(f"socket:[{end}]" for socket in known.values() for end in ends_of(socket) if end and end not in known),
        maker={inode: socket.uid for inode, socket in known.items() if isinstance(socket, InetSocket)},
        several=several,
    )


def ends_of(socket: Socket) -> tuple[int, ...]:
    """Inodes of what it talks to: of a datagram server its clients, of a listener those who wait to be accepted."""
    if isinstance(socket, UnixSocket):
        return (socket.peer, socket.listener, *socket.clients, *socket.waiting)
    return (socket.peer, socket.listener) if isinstance(socket, InetSocket) else ()


def words(socket: Socket) -> str:
    """tcp 0.0.0.0:80 LISTEN; unix /run/x LISTEN."""
    name = socket.protocol if isinstance(socket, InetSocket) else socket.family
    return " ".join(filter(None, (name, socket.address or socket.type, socket.state if socket.state != "ESTABLISHED" else "")))
