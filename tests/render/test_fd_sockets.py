"""render/fd_sockets.py"""

from dataclasses import replace
from typing import Any

import pytest

from explorer.decode.fd import decode_fd
from explorer.decode.fd.socket import SocketFd
from explorer.model.endpoints import Holder
from explorer.model.missing import Missing, Reason
from explorer.model.socket import InetSocket, NetlinkSocket, PacketSocket, Socket, UnixSocket, VsockSocket
from explorer.render.fd_cells import Cells, cells
from explorer.render.piece import plain


def of(socket: Socket | Missing, **more: Any) -> Cells:
    fd = decode_fd(3, "socket:[5]", b"pos:\t0\nflags:\t02\n")
    assert isinstance(fd, SocketFd)
    return cells(replace(fd, socket=socket, **more))


def target(found: Cells) -> list[str]:
    return [plain(line) for line in found.target]


def detail(found: Cells) -> list[str]:
    return [plain(line) for line in found.detail]


def inet(**more: Any) -> InetSocket:
    return replace(InetSocket(inode=5, family="inet", type="stream", protocol="tcp"), **more)


def holders(*pids: int, comm: str = "nginx") -> tuple[Holder, ...]:
    return tuple(Holder(pid, 3, comm) for pid in pids)


def test_a_listener() -> None:
    found = of(inet(state="LISTEN", local=("0.0.0.0", 80), receive_queue=3, send_queue=511), others=holders(811, 813))
    assert (found.kind, found.short, target(found)) == ("tcp listen", "tcp", ["0.0.0.0:80"])
    assert detail(found) == ["queue 3/511  also 811 813", "3/511 +811 813", "3/511 +811 813", "3/511"]


def test_the_local_address_goes_first_and_the_peer_never() -> None:
    socket = inet(state="ESTABLISHED", local=("10.0.0.5", 80), remote=("10.0.0.9", 51122), inbound=True, send_queue=14336)
    found = of(socket)
    assert target(found) == ["10.0.0.5:80 ← 10.0.0.9:51122", ":80 ← 10.0.0.9:51122", "… ← 10.0.0.9:51122", " ← 10.0.0.9:51122"]
    assert detail(found)[0] == "queue 0/14K  remote"
    near = of(replace(socket, near=True, peer=7, send_queue=0), peers=holders(1702, comm="wrk"))
    assert detail(near)[0] == "wrk 1702"


def test_who_is_not_seen_is_said() -> None:
    near = inet(state="ESTABLISHED", local=("127.0.0.1", 80), remote=("127.0.0.1", 9), near=True, peer=7)
    assert detail(of(near))[0] == "peer in no process"
    assert detail(of(near, unseen=Missing(Reason.DENIED, "others")))[0] == "peer not seen"


@pytest.mark.parametrize(
    ("socket", "kind", "short", "where"),
    [
        (inet(), "tcp", "tcp", "not connected"),
        (inet(protocol="udp"), "udp", "udp", "not bound"),
        (inet(state="CLOSE_WAIT", local=("::1", 9), remote=("::1", 8)), "tcp close-w", "tcp", "[::1]:9 → [::1]:8"),
        (inet(protocol="mptcp", state="LISTEN", local=("0.0.0.0", 80)), "mptcp listen", "mptc", "0.0.0.0:80"),
        (inet(protocol="raw", ip_protocol="icmp", local=("0.0.0.0", 0)), "raw icmp", "raw", "0.0.0.0"),
        (inet(protocol="udp", local=("0.0.0.0", 53), interface="lo"), "udp", "udp", "0.0.0.0:53 %lo"),
        (UnixSocket(inode=5, family="unix", type="seqpacket"), "unix seqpkt", "unix", "not bound"),
        (UnixSocket(inode=5, family="unix", type="stream", peer=6), "unix stream", "unix", "socketpair"),
        (UnixSocket(inode=5, family="unix", type="stream", path="@x", state="LISTEN"), "unix listen", "unix", "@x"),
        (NetlinkSocket(inode=5, family="netlink", protocol="ROUTE", port=7), "netlink", "ntlk", "ROUTE:7"),
        (Socket(inode=5, family="netlink"), "netlink", "ntlk", "not bound"),
        (PacketSocket(inode=5, family="packet", type="raw", protocol="LLDP", interface="lo"), "packet raw", "pckt", "LLDP on lo"),
        (VsockSocket(inode=5, family="vsock", type="stream", state="LISTEN", local=(-1, 9)), "vsock lstn", "vsck", "*:9"),
        (Socket(inode=5, family="alg", type="seqpacket"), "alg", "alg", "seqpacket"),
    ],
)
def test_kinds(socket: Socket, kind: str, short: str, where: str) -> None:
    found = of(socket)
    assert (found.kind, found.short, target(found)[0]) == (kind, short, where)


def test_paths_of_unix_sockets_lose_folders() -> None:
    found = of(UnixSocket(inode=5, family="unix", type="stream", peer=6, peer_path="/run/user/1000/bus"))
    assert target(found) == ["→ /run/user/1000/bus", "→ …/user/1000/bus", "→ …/1000/bus", "→ …/bus"]


def test_case_32_never_accepted() -> None:
    client = UnixSocket(inode=5, family="unix", type="stream", state="ESTABLISHED", listener=7, peer_path="/run/x")
    found = of(client, peers=holders(9, comm="server"))
    assert detail(found)[0] == "not accepted yet  server 9"
    assert detail(found)[-1] == "unaccepted server 9"
    listener = UnixSocket(inode=5, family="unix", type="stream", state="LISTEN", path="/run/x", receive_queue=1, send_queue=5, waiting=(6,))
    assert detail(of(listener, peers=holders(8, comm="client")))[0] == "queue 1/5  waiting client 8"


def test_the_other_end_was_closed() -> None:
    socket = UnixSocket(inode=5, family="unix", type="stream", state="ESTABLISHED", hung_up=True)
    assert (target(of(socket)), detail(of(socket))[0]) == (["no name"], "other end closed")
    assert detail(of(replace(socket, hung_up=False)))[0] == "peer unknown"


def test_datagram_clients() -> None:
    server = UnixSocket(inode=5, family="unix", type="dgram", path="/dev/log", clients=(6, 7))
    assert detail(of(server, peers=holders(8, 9, comm="app")))[0] == "from app 8 9"


def test_what_is_in_no_table() -> None:
    found = of(Missing(Reason.UNSUPPORTED, "socket 5 is in no table"))
    assert (found.kind, target(found), detail(found)) == ("socket", ["socket:[5]"], ["unsupported"])


def test_a_tcp_client_that_was_never_accepted() -> None:
    socket = inet(state="ESTABLISHED", local=("::1", 5000), remote=("::1", 80), near=True, unaccepted=True, listener=9)
    assert detail(of(socket, peers=holders(812)))[0] == "not accepted yet  nginx 812"
    assert detail(of(replace(socket, listener=0)))[0] == "not accepted yet"


def test_clients_that_a_listener_has_not_accepted_yet() -> None:
    socket = inet(state="LISTEN", local=("::1", 80), receive_queue=1, send_queue=7, waiting=(9,))
    assert detail(of(socket, peers=holders(1702, comm="wrk")))[0] == "queue 1/7  waiting wrk 1702"


def test_what_is_sent_again_and_again() -> None:
    socket = inet(
        state="ESTABLISHED", local=("10.0.0.5", 5000), remote=("10.0.0.9", 80), timer="retransmit", due=3.2, retransmits=5, send_queue=900
    )
    assert detail(of(socket))[0] == "queue 0/900  sent again 5 times  remote"
    assert "sent again" not in detail(of(replace(socket, timer="keepalive")))[0]
