"""Rows of sockets."""

from dataclasses import replace
from typing import Final

from explorer.decode.fd.socket import SocketFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.model.socket import InetSocket, NetlinkSocket, Socket, UnixSocket, where
from explorer.render.fd_cells import Cells, Form, also, joined, lines, people
from explorer.render.fd_inet import times
from explorer.render.fd_paths import shortened
from explorer.render.missing import short
from explorer.render.piece import Line, Role, line, piece
from explorer.render.sizes import size

STATES: Final = {
    "ESTABLISHED": "estab",
    "SYN_SENT": "syn-sent",
    "SYN_RECV": "syn-rcv",
    "FIN_WAIT1": "fin-w1",
    "FIN_WAIT2": "fin-w2",
    "TIME_WAIT": "time-w",
    "CLOSE": "closed",
    "CLOSE_WAIT": "close-w",
    "LAST_ACK": "lastack",
    "LISTEN": "listen",
    "CLOSING": "closing",
}
"""As short as the column of kinds needs."""
VSOCK_TYPES: Final = {"stream": "strm", "dgram": "dgrm", "seqpacket": "seqp"}
CONNECTED: Final = frozenset({"tcp", "mptcp", "sctp"})
"""Protocols of which a socket always has a state that matters."""


def socket(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, SocketFd)
    found = fd.socket
    if isinstance(found, Missing):
        return Cells("socket", "sock", lines(line(piece(fd.target, Role.SECONDARY))), (short(found),))
    return Cells(kind(found), short_kind(found), target(fd, found), detail(fd, found))


def kind(found: Socket) -> str:
    """tcp listen, unix stream, netlink, raw icmp …"""
    if isinstance(found, InetSocket):
        if found.ip_protocol:
            return f"raw {found.ip_protocol}"
        state = STATES.get(found.state, found.state.lower())
        return f"{found.protocol} {state}".rstrip() if found.protocol in CONNECTED else found.protocol
    if found.family == "vsock":
        return f"vsock {'lstn' if found.listens else VSOCK_TYPES.get(found.type, found.type)}".rstrip()
    if found.listens:
        return f"{found.family} listen"
    if found.family in {"unix", "packet"}:
        return f"{found.family} {found.type.replace('seqpacket', 'seqpkt')}".rstrip()
    return found.family


def short_kind(found: Socket) -> str:
    """Four letters: tcp, udp, unix, ntlk, pckt, vsck."""
    name = found.protocol if isinstance(found, InetSocket) else found.family
    return {"netlink": "ntlk", "packet": "pckt", "vsock": "vsck", "mptcp": "mptc", "udplite": "udpl"}.get(name, name)[:4]


def target(fd: SocketFd, found: Socket) -> tuple[Line, ...]:
    """The addresses; the local one goes first when there is no room."""
    if isinstance(found, InetSocket):
        return inet(found)
    if isinstance(found, UnixSocket):
        return unix(fd, found)
    if not (found.address or found.protocol):
        return lines(line(piece("not bound" if found.family in {"netlink", "packet", "vsock"} else found.type, Role.SECONDARY)))
    return lines(line(piece(found.address or found.protocol, Role.PATH)))


def inet(found: InetSocket) -> tuple[Line, ...]:
    if not found.local[0]:
        return lines(line(piece("not connected" if found.protocol in CONNECTED else "not bound", Role.SECONDARY)))
    bound = f" %{found.interface}" if found.interface else ""
    if not found.connected:
        return lines(line(piece(found.address + bound, Role.PATH)))
    remote = line(piece(f" {found.arrow} ", Role.SECONDARY), piece(where(found.remote), Role.PATH))
    return (
        (piece(where(found.local) + bound), *remote),
        (piece(f":{found.local[1]}"), *remote),
        (piece("…"), *remote),
        remote,
    )


def unix(fd: SocketFd, found: UnixSocket) -> tuple[Line, ...]:
    """Its path or its peer's; sockets without names are ends of a pair."""
    if found.path or found.peer_path:
        steps = range(max(len(shortened(end)) for end in (found.path, found.peer_path)))
        texts = [replace(found, path=cut(found.path, step), peer_path=cut(found.peer_path, step)).address for step in steps]
        return tuple(line(piece(text, Role.PATH)) for text in dict.fromkeys(texts))
    if found.peer:
        return lines(line(piece("socketpair", Role.SECONDARY)))
    return lines(line(piece("no name" if fd.peers or found.state else "not bound", Role.SECONDARY)))


def cut(path: str, step: int) -> str:
    """A path with so many folders less; an abstract name stays whole."""
    texts = shortened(path) if path.startswith("/") else [path]
    return texts[min(step, len(texts) - 1)]


def detail(fd: SocketFd, found: Socket) -> tuple[Line, ...]:
    """Queues, who is at the other end, who else has it; the peer never goes."""
    peer, brief_peer = other_end(fd, found)
    if isinstance(found, InetSocket) and found.retransmits and found.timer in {"retransmit", "probe"}:
        peer = joined(line(piece(f"sent again {times(found.retransmits)}", Role.MIND)), peer)
    long, brief = also(fd.others)
    queues = [queue_words(found, word) for word in ("queue ", "")]
    also_long, also_brief = (line(piece(text, Role.SECONDARY)) if text else () for text in (long, brief))
    return lines(
        joined(queues[0], peer, also_long),
        joined(queues[1], peer, also_brief, gap=" "),
        joined(queues[1], brief_peer, also_brief, gap=" "),
        joined(brief_peer, also_brief, gap=" ") if peer else (),
        brief_peer or queues[1] or also_brief,
    )


def queue_words(found: Socket, word: str) -> Line:
    """Of a listener waiting/backlog connections, of others unread/unsent bytes, where there are any."""
    if found.listens:
        role = Role.MIND if found.send_queue and found.receive_queue > found.send_queue else Role.TEXT
        backlog = f"/{found.send_queue}" if found.send_queue else ""
        return (piece(f"{word}{found.receive_queue}{backlog}", role),)
    if isinstance(found, NetlinkSocket) or not (found.receive_queue or found.send_queue):
        return ()
    return (piece(f"{word}{size(found.receive_queue)}/{size(found.send_queue)}"),)


def other_end(fd: SocketFd, found: Socket) -> tuple[Line, Line]:
    """Who is there, in words where nobody is seen; long and short."""
    one, some = people(fd.peers, 1), people(fd.peers)
    if (isinstance(found, UnixSocket) and found.listener) or (isinstance(found, InetSocket) and found.unaccepted):
        return joined(line(piece("not accepted yet", Role.MIND)), one), joined(line(piece("unaccepted", Role.MIND)), one, gap=" ")
    if (isinstance(found, UnixSocket) and found.clients) or (isinstance(found, InetSocket | UnixSocket) and found.listens):
        word = line(piece("waiting " if found.listens else "from ", Role.SECONDARY))
        return ((*word, *some), one) if fd.peers else ((), ())
    if fd.peers:
        return some, one
    if isinstance(found, UnixSocket) and found.hung_up:
        return (line(piece("other end closed", Role.MIND)),) * 2
    text = unseen(fd, found)
    return (line(piece(text, Role.SECONDARY)),) * 2 if text else ((), ())


def unseen(fd: SocketFd, found: Socket) -> str:
    """Why nobody is named at the other end."""
    if isinstance(found, InetSocket) and found.state == "ESTABLISHED" and found.connected and not found.near:
        return "remote"
    if fd.other_end is not None:
        return "peer not seen" if fd.unseen is not None else "peer in no process"
    if isinstance(found, UnixSocket) and found.state == "ESTABLISHED" and not found.peer and found.type != "dgram":
        return "peer unknown"
    return ""


FORMS: Final[dict[str, Form]] = {"socket": socket}
