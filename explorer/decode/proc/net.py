"""/proc/PID/net: tcp, udp, udplite, raw, icmp and their twins with a 6, unix, netlink, packet.

Read where sock_diag cannot be asked; that says more.
"""

import re
import sys
from typing import Final

from explorer.decode.constants.sockets import AF_INET, AF_INET6, NETLINK_PROTOCOLS, TYPES
from explorer.decode.netlink.address import mapped
from explorer.decode.netlink.inet import End, Entry
from explorer.decode.netlink.packet import protocol_name
from explorer.decode.text import text
from explorer.model.socket import NetlinkSocket, PacketSocket, UnixSocket

UNIX: Final = re.compile(rb"[0-9a-f]+: [0-9A-F]{8} [0-9A-F]{8} ([0-9A-F]{8}) ([0-9A-F]{4}) ([0-9A-F]{2}) +(\d+)(?: (.*))?", re.DOTALL)
ACCEPTS: Final = 1 << 16
"""__SO_ACCEPTCON of net.h"""
SS_CONNECTED: Final = 3
TICKS: Final = 100


def inet(data: bytes) -> tuple[Entry, ...]:
    """Rows of tcp, udp, raw … of either family (net/ipv4/tcp_ipv4.c); a row that is none is left out."""
    return tuple(found for line in data.split(b"\n")[1:] if (found := inet_row(line.split())))


def inet_row(words: list[bytes]) -> Entry | None:
    """One row's words: sl, local, remote, st, tx_queue:rx_queue, tr:when, retrnsmt, uid, timeout, inode.

    Which timer runs is the same number as in sock_diag; when it fires is in ticks of a hundredth of a second (USER_HZ).
    """
    try:
        local, remote = end(words[1]), end(words[2])
        send, receive = (int(part, 16) for part in words[4].split(b":"))
        family = AF_INET6 if len(words[1].partition(b":")[0]) == 32 else AF_INET
        timer, when = (int(part, 16) for part in words[5].split(b":"))
        numbers = int(words[3], 16), local, remote, 0, receive, send, int(words[9])
        return Entry(family, *numbers, int(words[7]), timer, when / TICKS, int(words[6], 16))
    except (ValueError, IndexError):
        return None


def end(word: bytes) -> End:
    """0100007F:1F90: the address in 32-bit words of this machine's byte order, the port in hex. Raises ValueError."""
    address, _, port = word.partition(b":")
    raw = bytes.fromhex(address.decode("ascii", "replace"))
    if len(raw) not in {4, 16}:
        raise ValueError(word)
    if sys.byteorder == "little":
        raw = b"".join(raw[index : index + 4][::-1] for index in range(0, len(raw), 4))
    return mapped(raw), (int(port, 16) & 0xFFFF).to_bytes(2)


def unix(data: bytes) -> tuple[UnixSocket, ...]:
    """Rows of unix (net/unix/af_unix.c): no peers in them. A line that is no row belongs to a path with a newline: left out."""
    found = []
    for line in data.split(b"\n")[1:]:
        if row := UNIX.fullmatch(line):
            kind, connected = int(row[2], 16), int(row[3], 16) == SS_CONNECTED
            state = "LISTEN" if int(row[1], 16) & ACCEPTS else "ESTABLISHED" if connected else ""
            found.append(
                UnixSocket(inode=int(row[4]), family="unix", type=TYPES.get(kind, str(kind)), state=state, path=text(row[5] or b""))
            )
    return tuple(found)


def netlink(data: bytes) -> tuple[NetlinkSocket, ...]:
    """Rows of netlink (net/netlink/af_netlink.c): sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode."""
    found = []
    for line in data.split(b"\n")[1:]:
        try:
            _, protocol, port, _, receive, send, _, _, _, inode = line.split()
            number = int(protocol)
            found.append(
                NetlinkSocket(
                    inode=int(inode),
                    family="netlink",
                    protocol=NETLINK_PROTOCOLS.get(number, str(number)),
                    receive_queue=int(receive),
                    send_queue=int(send),
                    port=int(port) & 0xFFFFFFFF,
                )
            )
        except ValueError:
            continue
    return tuple(found)


def packet(data: bytes) -> tuple[tuple[PacketSocket, int], ...]:
    """Rows of packet (net/packet/af_packet.c) with the number of their interface, 0 for any."""
    found = []
    for line in data.split(b"\n")[1:]:
        try:
            _, _, kind, protocol, interface, _, _, _, inode = line.split()
            socket = PacketSocket(
                inode=int(inode),
                family="packet",
                type=TYPES.get(int(kind), str(int(kind))),
                protocol=protocol_name(int(protocol, 16)),
                interface="any",
            )
            found.append((socket, int(interface)))
        except ValueError:
            continue
    return tuple(found)
