"""Sockets of the internet families: include/uapi/linux/inet_diag.h, net/ipv4/inet_diag.c, mptcp_diag.c, raw_diag.c."""

import struct
from typing import Final, NamedTuple

from explorer.decode.constants.sockets import AF_INET, AF_INET6, IP_PROTOCOLS, LISTEN, STATES
from explorer.decode.netlink.address import ip_text, is_any, mapped
from explorer.decode.netlink.attributes import attribute, attributes
from explorer.model.socket import InetSocket

REQUEST: Final = struct.Struct("=BBBBI48x")
MESSAGE: Final = struct.Struct("=4B2s2s16s16sI8x5I")
REQ_PROTOCOL: Final = 3
ID: Final = slice(4, 52)
"""Where a row has struct inet_diag_sockid: ports, addresses, interface, cookie."""
WITHOUT_TIME_WAIT: Final = 0xFFFFFFFF & ~(1 << 6 | 1 << 12)
"""Sockets in TIME_WAIT and half-made ones have no descriptor; a busy machine has tens of thousands of them."""

TYPES: Final = {"tcp": "stream", "mptcp": "stream", "sctp": "stream", "udp": "dgram", "udplite": "dgram", "raw": "raw", "icmp": "dgram"}
TIMERS: Final = {1: "retransmit", 2: "keepalive", 3: "time_wait", 4: "probe"}
SCTP_STATES: Final = {
    0: "CLOSED", 1: "COOKIE_WAIT", 2: "COOKIE_ECHOED", 3: "ESTABLISHED", 4: "SHUTDOWN_PENDING", 5: "SHUTDOWN_SENT", 6: "SHUTDOWN_RECEIVED",
    7: "SHUTDOWN_ACK_SENT",
}  # fmt: skip
"""Of an association: enum sctp_state of include/net/sctp/constants.h; of an endpoint they are those of TCP."""
SHUTDOWN: Final = 8
SHUT: Final = ("", "r", "w", "rw")
"""RCV_SHUTDOWN and SEND_SHUTDOWN of include/net/sock.h"""
End = tuple[bytes, bytes]
"""Address (4 or 16 bytes, IPv4 inside IPv6 as 4) and port (2 bytes), as on the wire."""


class Entry(NamedTuple):
    """A row of the kernel's table, not yet made into a Socket: tables are long, and few of their rows are asked for.

    timer, due: which one runs, and seconds until it fires. shutdown: as Socket has it.
    """

    family: int
    state: int
    local: End
    remote: End
    interface: int
    receive_queue: int
    send_queue: int
    inode: int
    uid: int = 0
    timer: int = 0
    due: float = 0.0
    retransmits: int = 0
    shutdown: str = ""

    @property
    def is_connected(self) -> bool:
        """Whether it has another end."""
        return self.remote[1] != b"\0\0" and not is_any(self.remote[0])


def request(family: int, protocol: int, states: int = WITHOUT_TIME_WAIT) -> bytes:
    """All sockets of a family (AF_INET, AF_INET6) and IP protocol; states: a bit each, 1 << state."""
    plain = REQUEST.pack(family, protocol & 0xFF, 0, 0, states)
    return plain + attribute(REQ_PROTOCOL, struct.pack("=I", protocol)) if protocol > 0xFF else plain


def entry(payload: bytes) -> Entry | None:
    """The fixed part of an answer."""
    if len(payload) < MESSAGE.size:
        return None
    family, state, timer, retransmits, sport, dport, source, destination, interface, *rest = MESSAGE.unpack_from(payload)
    expires, rqueue, wqueue, uid, inode = rest
    if family not in {AF_INET, AF_INET6}:
        return None
    local, remote = mapped(source[: 4 if family == AF_INET else 16]), mapped(destination[: 4 if family == AF_INET else 16])
    shut = attributes(payload[MESSAGE.size :]).get(SHUTDOWN, b"\0")
    shutdown = SHUT[shut[0] & 3] if shut else ""
    ends = (local, sport), (remote, dport)
    return Entry(family, state, *ends, interface, rqueue, wqueue, inode, uid, timer, expires / 1000, retransmits, shutdown)


def socket_of(found: Entry, protocol: int) -> InetSocket:
    """The socket, without what other rows say of it (inbound, peer, near)."""
    name = IP_PROTOCOLS.get(protocol, str(protocol))
    port, ip_protocol = int.from_bytes(found.local[1]), ""
    if name == "raw":
        port, ip_protocol = 0, IP_PROTOCOLS.get(port, str(port))
    connected = found.is_connected or (name in {"raw", "icmp"} and not is_any(found.remote[0]))
    return InetSocket(
        inode=found.inode,
        family="inet" if found.family == AF_INET else "inet6",
        type=TYPES.get(name, ""),
        protocol=name,
        state=SCTP_STATES.get(found.state, str(found.state)) if name == "sctp" and connected else state_name(found.state, name),
        receive_queue=found.receive_queue,
        send_queue=found.send_queue,
        local=(ip_text(found.local[0], found.family), port),
        remote=(ip_text(found.remote[0], found.family), int.from_bytes(found.remote[1])) if connected else ("", 0),
        ip_protocol=ip_protocol,
        uid=found.uid,
        shutdown=found.shutdown,
        timer=TIMERS.get(found.timer, ""),
        due=found.due if found.timer in TIMERS else 0.0,
        retransmits=found.retransmits,
    )


def decode(payload: bytes, protocol: int) -> InetSocket | None:
    """One answer to request()."""
    found = entry(payload)
    return found and socket_of(found, protocol)


def state_name(state: int, protocol: str) -> str:
    """As include/net/tcp_states.h names it; CLOSE of a protocol without connections says nothing."""
    if state == 7 and protocol not in {"tcp", "mptcp", "sctp", "dccp"}:
        return ""
    return STATES.get(state, str(state))


def listens(found: Entry) -> bool:
    """Whether it takes connections."""
    return found.state == LISTEN
