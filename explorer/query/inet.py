"""lsof's -i: `4`, `6`, `tcp`, `:443`, `6udp@::1:53`, `tcp:LISTEN` → which sockets."""

import re
from collections.abc import Callable
from typing import Final

from explorer.model.fd import Fd
from explorer.model.socket import InetSocket

FORM: Final = re.compile(
    r"(?P<family>[46])?(?P<protocol>tcp|udplite|udp|mptcp|raw|icmp)?"
    r"(?:@(?:\[(?P<in_brackets>[0-9a-f:.]+)\]|(?P<address>[0-9.]+|[0-9a-f:]*::[0-9a-f:]*?)))?"
    r"(?::(?P<end>[\w,-]+))?",
    re.IGNORECASE | re.ASCII,
)
STATES: Final = frozenset(
    {"ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING"}
)


class NotUnderstood(ValueError):
    """str() is one sentence for a person."""


def inet(text: str) -> Callable[[Fd], bool]:
    """A predicate over descriptors: [46][protocol][@address][:port[,port…] | :STATE]. Raises NotUnderstood."""
    found = FORM.fullmatch(text)
    if not found:
        hint = "; a PID goes with -p" if text.isdecimal() else ""
        raise NotUnderstood(f"-i {text}: want 4, 6, tcp, udp, @address, :port or :STATE, in this order{hint}")
    family = {"4": "inet", "6": "inet6"}.get(found["family"] or "")
    protocol, address = (found["protocol"] or "").lower(), (found["address"] or found["in_brackets"] or "").lower()
    ports, state = ends(found["end"] or "", text)

    def matches(fd: Fd) -> bool:
        socket = getattr(fd, "socket", None)
        return (
            isinstance(socket, InetSocket)
            and (family is None or socket.family == family)
            and (not protocol or socket.protocol == protocol)
            and (not state or socket.state == state)
            and (not address or address in {bare(socket.local[0]), bare(socket.remote[0])})
            and (not ports or any(low <= end[1] <= high for low, high in ports for end in (socket.local, socket.remote)))
        )

    return matches


def bare(address: str) -> str:
    """IPv4 on an IPv6 socket as IPv4."""
    return address.removeprefix("::ffff:") if "." in address else address


def ends(text: str, whole: str) -> tuple[list[tuple[int, int]], str]:
    """What stands after the colon: ports and ranges of them, or a state. Raises NotUnderstood."""
    if text.upper() in STATES:
        return [], text.upper()
    ports = []
    for word in filter(None, text.split(",")):
        low, _, high = word.partition("-")
        if not low.isdecimal() or not (high or low).isdecimal():
            raise NotUnderstood(f"-i {whole}: {word} is no port number and no state; names of services are not looked up")
        ports.append((int(low), int(high or low)))
    return ports, ""
