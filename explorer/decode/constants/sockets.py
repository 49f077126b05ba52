"""Families, types, states and protocols of sockets: include/linux/socket.h, net.h, net/tcp_states.h."""

from typing import Final

from explorer.decode.constants import ip_protocols, netlink_protocols

AF_UNIX: Final = 1
AF_INET: Final = 2
AF_INET6: Final = 10
AF_NETLINK: Final = 16
AF_PACKET: Final = 17
AF_VSOCK: Final = 40

TYPES: Final[dict[int, str]] = {1: "stream", 2: "dgram", 3: "raw", 4: "rdm", 5: "seqpacket", 6: "dccp", 10: "packet"}

STATES: Final[dict[int, str]] = {
    1: "ESTABLISHED",
    2: "SYN_SENT",
    3: "SYN_RECV",
    4: "FIN_WAIT1",
    5: "FIN_WAIT2",
    6: "TIME_WAIT",
    7: "CLOSE",
    8: "CLOSE_WAIT",
    9: "LAST_ACK",
    10: "LISTEN",
    11: "CLOSING",
    12: "NEW_SYN_RECV",
    13: "BOUND_INACTIVE",
}
ESTABLISHED: Final = 1
LISTEN: Final = 10

IP_PROTOCOLS: Final = {number: name.removeprefix("IPPROTO_").lower() for number, name in ip_protocols.NAMES.items()}

NETLINK_PROTOCOLS: Final = {number: name.removeprefix("NETLINK_") for number, name in netlink_protocols.NAMES.items()}

SOCKPROTONAMES: Final[dict[str, tuple[str, str, str]]] = {
    "TCP": ("inet", "stream", "tcp"),
    "TCPv6": ("inet6", "stream", "tcp"),
    "MPTCP": ("inet", "stream", "mptcp"),
    "MPTCPv6": ("inet6", "stream", "mptcp"),
    "SMC": ("smc", "stream", ""),
    "SMC6": ("smc", "stream", ""),
    "UDP": ("inet", "dgram", "udp"),
    "UDPv6": ("inet6", "dgram", "udp"),
    "UDP-Lite": ("inet", "dgram", "udplite"),
    "UDPLITEv6": ("inet6", "dgram", "udplite"),
    "RAW": ("inet", "raw", "raw"),
    "RAWv6": ("inet6", "raw", "raw"),
    "PING": ("inet", "dgram", "icmp"),
    "PINGv6": ("inet6", "dgram", "icmp"),
    "SCTP": ("inet", "", "sctp"),
    "SCTPv6": ("inet6", "", "sctp"),
    "DCCP": ("inet", "", "dccp"),
    "DCCPv6": ("inet6", "", "dccp"),
    "UNIX": ("unix", "", ""),
    "UNIX-STREAM": ("unix", "stream", ""),
    "NETLINK": ("netlink", "", ""),
    "PACKET": ("packet", "", ""),
    "AF_VSOCK": ("vsock", "", ""),
    "XDP": ("xdp", "raw", ""),
    "ALG": ("alg", "seqpacket", ""),
    "KEY": ("key", "raw", ""),
}
"""What a kernel calls a protocol in /proc/net/protocols and in the extended attribute system.sockprotoname: family, type, protocol."""
