"""lsof's -i and -s: `4`, `6`, `tcp`, `:443`, `6udp@[::1]:53`, `tcp:LISTEN`, `tcp@10.0.0.0/8:http` → which sockets.

Names of services and hosts are those of two files (Names), never of a name service.
"""

import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from explorer.model.fd import Fd
from explorer.model.socket import InetSocket

if TYPE_CHECKING:
    # Loaded when the first address is asked for.
    from ipaddress import IPv4Network, IPv6Network

FORM: Final = re.compile(
    r"(?P<family>[46])?(?P<protocol>tcp|udplite|udp|mptcp|sctp|dccp|raw|icmp)?"
    r"(?:@(?:\[(?P<in_brackets>[^][]+)\]|(?P<address>[^][:]*::[0-9a-f:]*?(?:/\d+)?|[^][:]+)))?"
    r"(?::(?P<end>[^:]+))?",
    re.IGNORECASE | re.ASCII,
)
STATES: Final = frozenset(
    {"ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT", "CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING"}
)
OTHERS_CALL_IT: Final = {
    "CLOSED": "CLOSE", "ESTAB": "ESTABLISHED", "FIN_WAIT_1": "FIN_WAIT1", "FIN_WAIT_2": "FIN_WAIT2", "LISTENING": "LISTEN",
    "SYN_RCDV": "SYN_RECV", "SYN_RCVD": "SYN_RECV", "SYN_RECEIVED": "SYN_RECV", "TIMEWAIT": "TIME_WAIT",
}  # fmt: skip
"""ss and other systems' lsof."""
MOST_PORTS: Final = 65535
Port = tuple[int, int, str]
"""From, to, and of which protocol; "" for any."""


class NotUnderstood(ValueError):
    """str() is one sentence for a person."""


class Names(Protocol):
    """What the two files say."""

    def ports(self, service: str) -> Collection[tuple[int, str]]:
        """Port and protocol of a service, of each line of /etc/services that has it."""

    def addresses(self, host: str) -> Collection[str]:
        """The addresses of a host in /etc/hosts."""


class NoNames:
    """Nothing is known by name."""

    def ports(self, service: str) -> Collection[tuple[int, str]]:  # noqa: ARG002
        """None."""
        return ()

    def addresses(self, host: str) -> Collection[str]:  # noqa: ARG002
        """None."""
        return ()


NO_NAMES: Final = NoNames()


class Ends(NamedTuple):
    """What stood after the colon."""

    ports: tuple[Port, ...] = ()
    states: frozenset[str] = frozenset()


def inet(text: str, names: Names = NO_NAMES) -> Callable[[Fd], bool]:
    """A predicate over descriptors: [46][protocol][@address][:port or service or STATE[,…]]. Raises NotUnderstood.

    An address and a port must be of the same end, either one. Ports, and states, in a list are alternatives to each other.
    """
    found = FORM.fullmatch(text)
    if not found:
        raise NotUnderstood(f"-i {text}: want 4, 6, tcp, udp, @address, :port or :STATE, in this order{hint(text)}")
    family = {"4": "inet", "6": "inet6"}.get(found["family"] or "")
    protocol = (found["protocol"] or "").lower()
    networks = addresses(found["address"] or found["in_brackets"] or "", text, names)
    ports, states = ends(found["end"] or "", text, names, protocol)

    def here(socket: InetSocket, end: tuple[str, int]) -> bool:
        return (not networks or within(end[0], networks)) and (
            not ports or any(low <= end[1] <= high and of in {"", like(socket.protocol)} for low, high, of in ports)
        )

    def matches(fd: Fd) -> bool:
        socket = getattr(fd, "socket", None)
        return (
            isinstance(socket, InetSocket)
            and (family is None or socket.family == family)
            and (not protocol or socket.protocol == protocol)
            and (not states or socket.state in states)
            and ((not networks and not ports) or here(socket, socket.local) or here(socket, socket.remote))
        )

    return matches


def in_states(text: str) -> Callable[[Fd], bool]:
    """lsof's -s: `TCP:LISTEN,ESTABLISHED`, `TCP:^CLOSE_WAIT`. A predicate that only TCP sockets can fail. Raises NotUnderstood."""
    protocol, colon, listed = text.partition(":")
    words = [word for word in listed.split(",") if word]
    if protocol.lower() != "tcp" or not colon or not words:
        udp = "; UDP has no states" if protocol.lower().startswith("udp") else ""
        raise NotUnderstood(f"-s {text}: want TCP:STATE[,STATE], or TCP:^STATE for all others{udp}")
    denied = {word.startswith("^") for word in words}
    if len(denied) > 1:
        raise NotUnderstood(f"-s {text}: either states that are wanted, or with ^ those that are not")
    states = set()
    for word in words:
        state = state_of(word.removeprefix("^"))
        if not state:
            raise NotUnderstood(f"-s {text}: {word} is no state; there are {', '.join(sorted(STATES))}")
        states.add(state)
    wanted = not denied.pop()

    def passes(fd: Fd) -> bool:
        socket = getattr(fd, "socket", None)
        return not isinstance(socket, InetSocket) or like(socket.protocol) != "tcp" or (socket.state in states) is wanted

    return passes


def hint(text: str) -> str:
    """What somebody probably meant who wrote what -i does not take."""
    if text.isdecimal():
        return "; a PID goes with -p"
    if "/" in text and "@" not in text:
        return "; a file stands before -i, or after --"
    return "; the name of a process goes with -c" if text.isidentifier() else ""


def like(protocol: str) -> str:
    """As /etc/services, or -s, has it: mptcp is tcp there."""
    return {"mptcp": "tcp", "udplite": "udp"}.get(protocol, protocol)


def state_of(word: str) -> str:
    """A state by one of its names; "" where it is none."""
    name = word.upper().replace("-", "_")
    name = OTHERS_CALL_IT.get(name, name)
    return name if name in STATES else ""


def bare(address: str) -> str:
    """IPv4 on an IPv6 socket as IPv4."""
    return address.removeprefix("::ffff:") if "." in address else address


def within(address: str, networks: "Collection[IPv4Network | IPv6Network]") -> bool:
    """Whether an address is in one of the networks."""
    import ipaddress

    try:
        found = ipaddress.ip_address(bare(address.partition("%")[0]))
    except ValueError:
        return False
    return any(found in network for network in networks)


def addresses(word: str, whole: str, names: Names) -> "tuple[IPv4Network | IPv6Network, ...]":
    """An address, a network (10.0.0.0/8) or a name of /etc/hosts. Raises NotUnderstood."""
    if not word:
        return ()
    import ipaddress

    for each in (word, *names.addresses(word.lower())):
        try:
            network = ipaddress.ip_network(each.lower(), strict=False)
        except ValueError:
            continue
        if each == word:
            return (network,)
        return tuple(ipaddress.ip_network(address) for address in names.addresses(word.lower()) if is_address(address))
    raise NotUnderstood(f"-i {whole}: {word} is no address, and /etc/hosts has no such host; a name service is never asked")


def is_address(word: str) -> bool:
    """Whether it is one address."""
    import ipaddress

    try:
        ipaddress.ip_address(word)
    except ValueError:
        return False
    return True


def ends(text: str, whole: str, names: Names, protocol: str = "") -> Ends:
    """What stands after the colon: ports, ranges of them, services, states. Raises NotUnderstood."""
    ports: list[Port] = []
    states = set()
    for word in text.split(",") if text else ():
        if state := state_of(word):
            states.add(state)
        else:
            ports += ports_of(word, whole, names, protocol)
    return Ends(tuple(ports), frozenset(states))


def ports_of(word: str, whole: str, names: Names, protocol: str) -> list[Port]:
    """80, 1-1024, http, 1-http. Raises NotUnderstood."""
    low, dash, high = word.partition("-")
    first = number(low)
    if first is not None and not dash:
        return [(first, first, "")]
    if first is not None and (last := number(high)) is not None and first <= last:
        return [(first, last, "")]
    name, start = (high, first) if first is not None else (word, None)
    found = [(port, of) for port, of in names.ports(name) if not protocol or of == like(protocol)]
    if not found:
        other = " of " + protocol if protocol and names.ports(name) else ""
        raise NotUnderstood(f"-i {whole}: {word or 'nothing'} is no port, no state, and no service{other} in /etc/services")
    return [(port if start is None else start, port, of) for port, of in found]


def number(word: str) -> int | None:
    """A port."""
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 6 and int(word) <= MOST_PORTS else None
