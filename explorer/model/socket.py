"""Sockets: what the kernel's tables say of them."""

from dataclasses import dataclass

from explorer.model.inet_details import InetDetails
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Socket:
    """A socket of any family. Families have a class of their own where they have more to say.

    family: inet, inet6, unix, netlink, packet, vsock …; type: stream, dgram, seqpacket, raw; protocol: tcp, udp, mptcp …,
    of netlink route …, of packet ALL, LLDP …, "" where it has none. state: LISTEN, ESTABLISHED …, "" where the
    tables have no row for it (not bound, not connected). receive_queue, send_queue: bytes; of a listener: connections
    that wait to be accepted, and how many may. shutdown: r, w or rw, the directions that shutdown(2) closed, "" also where no table
    says it. netns: inode of its network namespace where that is not its process's, else 0.
    """

    inode: int
    family: str
    type: str = ""
    protocol: str = ""
    state: str = ""
    receive_queue: int = 0
    send_queue: int = 0
    shutdown: str = ""
    netns: int = 0

    @property
    def listens(self) -> bool:
        """Whether it takes connections."""
        return self.state == "LISTEN"

    @property
    def address(self) -> str:
        """Both ends as one text, arrow between them; "" where there is none."""
        return ""

    @property
    def note(self) -> str:
        """In a few words: addresses where it has any, what it is where they do not say that: `netlink ROUTE:812`."""
        return f"{self.family} {self.address or self.protocol or self.type}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class InetSocket(Socket):
    """inet, inet6. local, remote: address and port, ("", 0) where none. ip_protocol: of raw sockets, its name.

    interface: what it is bound to. inbound: its local port is one that somebody listens on. peer: inode of the socket at
    the other end where that is on this machine, else 0. near: whether the remote address is this machine's. uid: who made it.

    unaccepted: nobody has accepted it yet at the other end, which is on this machine; listener: inode of who can, 0 where that is not
    known. waiting: of a listener, the inodes of such clients on this machine.

    timer: retransmit, keepalive, probe (of a closed window) or "" for none; due: seconds until it fires. retransmits: of what the
    timer is about. details: what only the socket itself can be asked, None where nobody asked.
    """

    local: tuple[str, int] = ("", 0)
    remote: tuple[str, int] = ("", 0)
    ip_protocol: str = ""
    interface: str = ""
    inbound: bool = False
    peer: int = 0
    near: bool = False
    unaccepted: bool = False
    listener: int = 0
    waiting: tuple[int, ...] = ()
    uid: int = 0
    timer: str = ""
    due: float = 0.0
    retransmits: int = 0
    details: InetDetails | Missing | None = None

    @property
    def connected(self) -> bool:
        """Whether it has another end."""
        return bool(self.remote[0]) and self.remote[0] not in {"0.0.0.0", "::"} and self.protocol not in {"raw", "icmp"}

    @property
    def address(self) -> str:
        """10.0.0.5:80 ← 10.0.0.9:51122: the arrow points from who connected, as far as listening ports tell."""
        if not self.local[0]:
            return ""
        if self.ip_protocol:
            return f"{self.local[0]} {self.arrow} {self.remote[0]}" if self.remote[0] else self.local[0]
        if not self.connected:
            return where(self.local)
        return f"{where(self.local)} {self.arrow} {where(self.remote)}"

    @property
    def note(self) -> str:
        if self.protocol == "tcp" and self.address:
            return self.address
        return " ".join(filter(None, (self.protocol, self.ip_protocol, self.address)))

    @property
    def arrow(self) -> str:
        """← somebody came to us, → we went out."""
        return "←" if self.inbound else "→"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnixSocket(Socket):
    """path: its name, @ first where abstract, "" for none. peer: inode it is connected to, peer_path its name.

    waiting: inodes of the clients that a listener has not accepted yet. listener: inode of the listener that has not
    accepted this one yet. clients: inodes of sockets connected to this one that it is not connected to (datagrams).
    hung_up: it was connected, and the other end is closed.
    """

    path: str = ""
    peer: int = 0
    peer_path: str = ""
    waiting: tuple[int, ...] = ()
    listener: int = 0
    clients: tuple[int, ...] = ()
    hung_up: bool = False

    @property
    def address(self) -> str:
        """/run/x.sock, ← where somebody came to it, → where we went to it."""
        if self.path and self.peer_path and self.type != "dgram":
            return f"{self.path} ↔ {self.peer_path}"
        if self.path:
            return f"{self.path} ←" if self.state == "ESTABLISHED" and self.peer and not self.peer_path else self.path
        return f"→ {self.peer_path}" if self.peer_path else ""

    @property
    def note(self) -> str:
        return self.address or f"unix {self.type}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetlinkSocket(Socket):
    """port: its port id, usually the pid of who made it. groups: the multicast groups it listens to, by number."""

    port: int = 0
    groups: tuple[int, ...] = ()

    @property
    def address(self) -> str:
        """Protocol and port."""
        return f"{self.protocol}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketSocket(Socket):
    """interface: its name, "any" for all. protocol: the Ethernet protocol's name, ALL for all."""

    interface: str = ""

    @property
    def address(self) -> str:
        """Protocol and interface."""
        return f"{self.protocol} on {self.interface}"


@dataclass(frozen=True, slots=True, kw_only=True)
class VsockSocket(Socket):
    """local, remote: CID and port; (-1, -1) is any or none."""

    local: tuple[int, int] = (-1, -1)
    remote: tuple[int, int] = (-1, -1)

    @property
    def address(self) -> str:
        """CID:port, * for any."""
        local = ":".join("*" if number == -1 else str(number) for number in self.local)
        if self.remote == (-1, -1):
            return local
        return f"{local} ↔ {self.remote[0]}:{self.remote[1]}"


def where(end: tuple[str, int]) -> str:
    """address:port, brackets around one that has colons; IPv4 on an IPv6 socket as IPv4."""
    address, port = end
    if address.startswith("::ffff:") and "." in address:
        address = address[7:]
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
