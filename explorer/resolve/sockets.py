"""Inode → socket, whatever network namespace it is in: one dump of each table a tick, of those tables alone that are needed."""

import os
import threading
import time
import weakref
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Final

from explorer.decode.constants.sockets import AF_INET, AF_INET6, SOCKPROTONAMES, TYPES
from explorer.decode.netlink import inet, netlink, packet, unix, vsock
from explorer.decode.proc import net
from explorer.decode.text import text
from explorer.kernel.netlink import SocketTables
from explorer.kernel.procfs import Procfs
from explorer.kernel.reader import Ask, Reader
from explorer.kernel.sockname import names, network_namespace
from explorer.model.inet_details import InetDetails
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.socket import InetSocket, Socket, VsockSocket
from explorer.resolve.tables import InetTable, PlainTable, Table, UnixTable

AGE: Final = 0.8
SHARE: Final = 100
"""Tables serve longer where reading them takes long: so many times that, for it is to take no more than a hundredth of the time."""
STALE: Final = 2
"""Tables that lack a socket are read again where they are so many times older than reading them takes: half the time at most."""
MOST: Final = 1 << 16
PROC: Final = Procfs().root
INET: Final = {"tcp": 6, "mptcp": 262, "udp": 17, "udplite": 136, "raw": 255, "icmp": 1, "sctp": 132}
TALKATIVE: Final = frozenset({"tcp", "mptcp", "udp", "udplite"})
"""Those of which a single socket can be asked something."""
ORDER: Final = ("unix", "tcp", "udp", "netlink", "packet", "raw", "icmp", "udplite", "vsock", "mptcp")
"""Where to look for a socket whose protocol is not known, most usual first."""


class Namespace:
    """The tables of one network namespace, each read when it is first asked for. Lives for one tick. number: its inode, where it is one
    that a socket led to."""

    number = 0

    def __init__(self, proc: Procfs, pid: int, path: str, clock: Callable[[], float]) -> None:
        self.taken = clock()
        self.took = 0.0
        self._clock = clock
        self._proc = proc
        self._pid = pid
        self._path = path
        self._tables: dict[str, Table] = {}
        self._interfaces: dict[int, str] = {}

    def table(self, name: str) -> Table:
        """tcp, udp …, unix, netlink, packet, vsock; by netlink, or by /proc/PID/net where that is refused. Empty where both are."""
        if name not in self._tables:
            start = self._clock()
            try:
                with SocketTables(self._path) as line:
                    self._tables[name] = self._load(name, line)
            except Unreadable:
                self._tables[name] = self._load(name, None)
            self.took += self._clock() - start
        return self._tables[name]

    def details(self, sockets: Collection[InetSocket]) -> dict[int, InetDetails | Missing]:
        """What each socket itself says, by inode. Never raises."""
        from explorer.resolve.inet_details import asked

        try:
            with SocketTables(self._path) as line:
                return asked(line, {socket.inode: (INET[socket.protocol], self._row(socket)) for socket in sockets})
        except Unreadable as refused:
            return {socket.inode: refused.missing for socket in sockets}

    def _row(self, socket: InetSocket) -> bytes | None:
        table = self.table(socket.protocol)
        return table.row(socket.inode) if isinstance(table, InetTable) else None

    def interface(self, index: int) -> str:
        """A network interface's name; "" for none, its number where it may not be asked."""
        if index and index not in self._interfaces:
            try:
                with SocketTables(self._path) as line:
                    self._interfaces[index] = line.interface(index)
            except Unreadable:
                self._interfaces[index] = str(index)
        return self._interfaces.get(index, "")

    def _load(self, name: str, line: SocketTables | None) -> Table:
        if name in INET:
            return InetTable([row for family in (AF_INET, AF_INET6) for row in self._inet(name, family, line)], INET[name])
        if name == "unix":
            answers = dumped(line, unix.request())
            return UnixTable(net.unix(self._text("unix")) if answers is None else answers)
        if name == "netlink":
            answers = dumped(line, netlink.request())
            if answers is None:
                return PlainTable({socket.inode: socket for socket in net.netlink(self._text("netlink"))}, netlink.decode)
            return PlainTable({netlink.inode_of(answer): answer for answer in answers}, netlink.decode)
        if name == "packet":
            answers = dumped(line, packet.request())
            if answers is None:
                rows = net.packet(self._text("packet"))
                return PlainTable({s.inode: replace(s, interface=self.interface(index) or "any") for s, index in rows}, packet.decode)
            return PlainTable(
                {packet.inode_of(answer): answer for answer in answers},
                lambda answer: packet.decode(answer, self.interface(packet.index_of(answer))),
            )
        answers = dumped(line, vsock.request()) or []
        return PlainTable({vsock.inode_of(answer): answer for answer in answers}, vsock.decode)

    def _inet(self, name: str, family: int, line: SocketTables | None) -> list[bytes] | tuple[inet.Entry, ...]:
        answers = dumped(line, inet.request(family, INET[name])) if name != "icmp" else None
        if answers is not None:
            return answers
        if name == "sctp":
            from explorer.decode.proc import sctp

            rows = (*sctp.endpoints(self._text("sctp/eps")), *sctp.associations(self._text("sctp/assocs")))
            return tuple(row for row in rows if row.family == family)
        return net.inet(self._text(f"{name}6" if family == AF_INET6 else name))

    def _text(self, name: str) -> bytes:
        try:
            return self._proc.read(self._pid, "net", name)
        except Unreadable:
            return b""


def dumped(line: SocketTables | None, request: bytes) -> list[bytes] | None:
    """The answers, None where the kernel refuses."""
    try:
        return line.dump(request) if line else None
    except Unreadable:
        return None


class Sockets:
    """Which socket an inode is. Safe to share between threads. age: seconds for which tables serve; 0 reads them for each question."""

    def __init__(self, proc: Procfs, reader: Reader, clock: Callable[[], float] = time.monotonic, age: float = AGE) -> None:
        self._age = age
        self._proc = proc
        self._reader = reader
        self._clock = clock
        self._lock = threading.Lock()
        self._namespaces: dict[str, Namespace] = {}
        self._protocols: dict[int, str] = {}
        self._homes: dict[int, str] = {}

    def of(self, pid: int, wanted: Mapping[int, int]) -> dict[int, Socket | Missing]:
        """wanted: descriptor of that process → inode of a socket. The answer is by inode. Never raises."""
        with self._lock:
            self._learn_protocols(pid, wanted)
            tables = self._namespace(pid)
            found = {inode: self._find(pid, fd, inode, tables) for fd, inode in wanted.items()}
            lost = {fd: inode for fd, inode in wanted.items() if is_lost(found[inode])}
            if lost and self._clock() - tables.taken > STALE * tables.took:
                # It may be younger than the tables.
                tables = self._namespace(pid, again=True)
                found.update((inode, self._find(pid, fd, inode, tables)) for fd, inode in lost.items())
            for fd, inode in lost.items():
                if is_lost(found[inode]) and (home := self._home(pid, fd, inode)) is not None:
                    found[inode] = replace(self._at_home(found[inode], pid, fd, inode, home), netns=home.number)
            return found

    def _at_home(self, before: Socket | Missing, pid: int, fd: int, inode: int, home: Namespace) -> Socket:
        """A socket as the tables of its own namespace have it; as it was, where they do not."""
        found = self._find(pid, fd, inode, home)
        return found if isinstance(found, Socket) else before if isinstance(before, Socket) else Socket(inode=inode, family="")

    def _home(self, pid: int, fd: int, inode: int) -> Namespace | None:
        """The network namespace of a socket that is not of its process's: made before the process went into another, or handed to it."""
        if self._proc.root != PROC:
            return None  # a /proc of another machine, or a test's: its numbers are no processes of ours
        if len(self._homes) > MOST:
            self._homes.clear()
        name = self._homes.get(inode)
        if name is not None and (name in self._namespaces or not name):
            return self._namespaces.get(name)
        try:
            number, held = network_namespace(pid, fd)
        except Unreadable:
            self._homes[inode] = ""
            return None
        name = f"net:[{number}]"
        if name == self._name(pid):
            os.close(held)
            self._homes[inode] = ""
            return None
        self._homes[inode] = name
        if name in self._namespaces:
            os.close(held)
        else:
            self._namespaces[name] = made = Namespace(self._proc, pid, f"/proc/self/fd/{held}", self._clock)
            made.number = number
            weakref.finalize(made, os.close, held)
        return self._namespaces[name]

    def details(self, pid: int, sockets: Mapping[int, InetSocket]) -> dict[int, InetDetails | Missing]:
        """What each of these sockets of a process itself says, by inode: a question each, so ask for those that somebody looks at.

        sockets: by descriptor. Never raises.
        """
        known = {fd: socket for fd, socket in sockets.items() if socket.protocol in TALKATIVE and socket.address}
        found: dict[int, InetDetails | Missing] = {}
        if not known:
            return found
        with self._lock:
            homes: dict[int, tuple[Namespace, list[InetSocket]]] = {}
            for fd, socket in known.items():
                home = (self._home(pid, fd, socket.inode) if socket.netns else None) or self._namespace(pid)
                homes.setdefault(id(home), (home, []))[1].append(socket)
            for home, some in homes.values():
                found |= home.details(some)
        return found

    def all(self, pid: int, table: str) -> tuple[Socket, ...]:
        """Every socket of one table of a process's network namespace: tcp, unix and so on as in ORDER. Never raises."""
        with self._lock:
            namespace = self._namespace(pid)
            found = (namespace.table(table).find(inode) for inode in namespace.table(table).inodes())
            return tuple(self._with_interface(socket, namespace) for socket in found if socket)

    def known(self, pid: int, inode: int) -> Socket | None:
        """The socket, where it is in the tables of a process's network namespace; they are not read again for it. Never raises."""
        with self._lock:
            found = self._find(pid, -1, inode, self._namespace(pid))
            return None if isinstance(found, Missing) or is_lost(found) else found

    def between(self, pid: int, other: int, socket: InetSocket) -> int | None:
        """The inode of the other end of a process's socket in the network namespace of another process; 0 where it has none, as nobody
        has accepted it, None where it is not there. Never raises."""
        with self._lock:
            here, there = (self._namespace(each).table(socket.protocol) for each in (pid, other))
            return here.other_end_in(there, socket.inode) if isinstance(here, InetTable) and isinstance(there, InetTable) else None

    def _find(self, pid: int, fd: int, inode: int, namespace: Namespace) -> Socket | Missing:
        protocol = self._protocols.get(inode, "")
        family, kind, name = SOCKPROTONAMES.get(protocol, (protocol.lower(), "", ""))
        group = name or family
        for place in (group,) if group in ORDER or group in INET else () if protocol else ORDER:
            if found := namespace.table(place).find(inode):
                return self._with_interface(found, namespace)
        if name == "mptcp" and (found := namespace.table("tcp").find(inode)):
            return replace(found, protocol=name)
        if family == "vsock":
            return asked_itself(pid, fd, inode)
        if not protocol:
            return Missing(Reason.UNSUPPORTED, f"socket {inode} is in no table of its network namespace")
        if family in {"inet", "inet6"}:
            return InetSocket(inode=inode, family=family, type=kind, protocol=name)
        return Socket(inode=inode, family=family, type=kind, protocol=name)

    def _with_interface(self, found: Socket, namespace: Namespace) -> Socket:
        if not isinstance(found, InetSocket):
            return found
        table = namespace.table(found.protocol) if found.protocol in INET else None
        index = table.interface_of(found.inode) if isinstance(table, InetTable) else 0
        return replace(found, interface=namespace.interface(index)) if index else found

    def _learn_protocols(self, pid: int, wanted: Mapping[int, int]) -> None:
        if len(self._protocols) > MOST:
            self._protocols.clear()
        unknown = {fd: inode for fd, inode in wanted.items() if inode not in self._protocols}
        answers = self._reader.ask([Ask("x", self._proc.path(pid, "fd", fd)) for fd in unknown]) if unknown else []
        for inode, answer in zip(unknown.values(), answers, strict=True):
            if not isinstance(answer, Missing):
                self._protocols[inode] = text(answer)

    def _namespace(self, pid: int, again: bool = False) -> Namespace:
        """The tables of a process's network namespace. again: read anew."""
        name = self._name(pid)
        now = self._clock()
        for old in [
            key for key, tables in self._namespaces.items() if now - tables.taken >= (self._age and max(self._age, SHARE * tables.took))
        ]:
            del self._namespaces[old]
        if name not in self._namespaces or again:
            path = "" if not name or name == self._name("self") else self._proc.path(pid, "ns", "net")
            self._namespaces[name] = Namespace(self._proc, pid, path, self._clock)
        return self._namespaces[name]

    def _name(self, pid: int | str) -> str:
        """net:[4026531833], "" where it may not be read."""
        try:
            return self._proc.link(pid, "ns", "net")
        except Unreadable:
            return ""


def is_lost(found: Socket | Missing) -> bool:
    """Whether no table has it: not bound and not connected, or made after the tables were read."""
    return isinstance(found, Missing) or not (found.state or found.address)


def asked_itself(pid: int, fd: int, inode: int) -> Socket:
    """A vsock of a kernel without vsock_diag."""
    try:
        found = names(pid, fd)
    except Unreadable:
        return Socket(inode=inode, family="vsock")
    return VsockSocket(
        inode=inode,
        family="vsock",
        type=TYPES.get(found.type, str(found.type)),
        state="LISTEN" if found.listens else "ESTABLISHED" if found.remote else "",
        local=ends(found.local),
        remote=ends(found.remote),
    )


def ends(address: object) -> tuple[int, int]:
    """CID and port of getsockname(2), -1 for any."""
    if not isinstance(address, tuple) or len(address) != 2:
        return -1, -1
    return vsock.end(int(address[0]) & vsock.ANY, int(address[1]) & vsock.ANY)
