"""resolve/sockets.py, on living sockets."""

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.collect.files import files
from explorer.decode.fd.socket import SocketFd
from explorer.kernel import netlink
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.socket import InetSocket, NetlinkSocket, PacketSocket, Socket, UnixSocket, VsockSocket
from explorer.resolve.sockets import Namespace, Sockets
from explorer.resolve.system import System
from explorer.resolve.tables import PlainTable
from tests.loopback import until
from tests.specimens.holds import Holds


@pytest.fixture
def system() -> Iterator[System]:
    made = System()
    yield made
    made.close()


def sockets(system: System, pid: int) -> dict[int, SocketFd]:
    found = files(system, pid)
    assert not isinstance(found, Missing)
    return {fd.number: fd for fd in found if isinstance(fd, SocketFd)}


def of(system: System, pid: int) -> dict[int, Socket]:
    return {number: fd.socket for number, fd in sockets(system, pid).items() if isinstance(fd.socket, Socket)}


def test_tcp_over_both_families(system: System) -> None:
    with Holds("tcp") as it:
        fds = sockets(system, it.pid)
        listening, client, accepted, idle = (fds[it.said[key]] for key in ("listening", "client", "accepted", "idle"))
        listens = listening.socket
        assert isinstance(listens, InetSocket)
        assert (listens.state, listens.local, listens.receive_queue, listens.send_queue) == ("LISTEN", ("::", it.port), 1, 7)
        server = accepted.socket
        assert isinstance(server, InetSocket)
        assert (server.state, server.receive_queue, server.inbound, server.near) == ("ESTABLISHED", 5000, True, True)
        assert server.address.startswith(f"127.0.0.1:{it.port} ← 127.0.0.1:")
        assert [(holder.pid, holder.fd) for holder in accepted.peers] == [(it.pid, client.number)]
        assert [(holder.pid, holder.fd) for holder in client.peers] == [(it.pid, accepted.number)]
        waits = fds[it.waits]
        assert isinstance(waits.socket, InetSocket)
        assert (waits.socket.unaccepted, waits.socket.listener) == (True, listening.inode)
        assert [(holder.pid, holder.fd) for holder in waits.peers] == [(it.pid, listening.number)]
        unbound = idle.socket
        assert isinstance(unbound, InetSocket)
        assert (unbound.protocol, unbound.state, unbound.address) == ("tcp", "", "")


def test_udp_and_udplite(system: System) -> None:
    with Holds("udp") as it:
        found = of(system, it.pid)
        server, client, lite = found[it.server], found[it.client], found[it.lite]
        assert isinstance(client, InetSocket)
        assert server.address == f"127.0.0.1:{it.port}"
        assert client.remote == ("127.0.0.1", it.port)
        assert (server.protocol, lite.protocol) == ("udp", "udplite")


def test_case_31_both_directions_of_datagrams_and_a_shared_pair(system: System, tmp_path: Path) -> None:
    with Holds("unix", str(tmp_path)) as it:
        until(lambda: it.left not in map(int, os.listdir(f"/proc/{it.partner}/fd")), "the child to close its copy of one end")
        fds = sockets(system, it.pid)
        server, one = fds[it.server], fds[it.one]
        assert {(holder.pid, holder.fd) for holder in server.peers} == {
            (pid, fd) for pid in (it.pid, it.partner) for fd in (it.one, it.two)
        }
        assert {(holder.pid, holder.fd) for holder in one.peers} == {(pid, it.server) for pid in (it.pid, it.partner)}
        assert {(holder.pid, holder.fd) for holder in fds[it.left].peers} == {(pid, it.right) for pid in (it.pid, it.partner)}
        assert [(holder.pid, holder.fd) for holder in fds[it.right].others] == [(it.partner, it.right)]
        route = fds[it.netlink].socket
        assert isinstance(route, NetlinkSocket)
        assert (route.protocol, route.groups) == ("ROUTE", (1, 3))


def test_case_32_a_client_that_was_never_accepted(system: System, tmp_path: Path) -> None:
    with Holds("unix", str(tmp_path)) as it:
        fds = sockets(system, it.pid)
        listening, client = fds[it.listening], fds[it.client]
        assert isinstance(listening.socket, UnixSocket)
        assert isinstance(client.socket, UnixSocket)
        assert (listening.socket.state, listening.socket.receive_queue, listening.socket.send_queue) == ("LISTEN", 1, 5)
        assert listening.socket.waiting == (client.inode,)
        assert client.socket.listener == listening.inode
        assert it.listening in {holder.fd for holder in client.peers}
        assert client.socket.peer_path == listening.socket.path == f"@procdive {it.pid}"


def test_a_pair_whose_other_end_was_closed(system: System) -> None:
    one, other = socket.socketpair()
    with one:
        other.close()
        found = of(system, os.getpid())[one.fileno()]
        assert isinstance(found, UnixSocket)
        assert found.hung_up


def test_case_33_a_listener_of_five_processes_on_six_descriptors(system: System) -> None:
    with Holds("shared_listener") as it:
        twice = it.workers[-1]

        def held() -> list[tuple[int, int]]:
            found = [(holder.pid, holder.fd) for holder in sockets(system, it.pid)[it.fd].others]
            return found if len(found) == 5 else []

        holders = until(held, "all workers to hold it")
        assert len(holders) == len(set(holders)) == 5
        assert {pid for pid, _ in holders} == set(it.workers)
        assert len([pid for pid, _ in holders if pid == twice]) == 2


@pytest.mark.root
def test_case_34_packet_and_raw_sockets(system: System) -> None:
    with Holds("packet") as it:
        found = of(system, it.pid)
        everything, lldp, icmp = found[it.everything], found[it.lldp], found[it.icmp]
        assert isinstance(everything, PacketSocket)
        assert isinstance(lldp, PacketSocket)
        assert isinstance(icmp, InetSocket)
        assert (everything.protocol, everything.interface, everything.type) == ("ALL", "any", "raw")
        assert (lldp.protocol, lldp.interface) == ("LLDP", "lo")
        assert (icmp.protocol, icmp.ip_protocol, icmp.type) == ("raw", "icmp", "raw")


@pytest.mark.root
def test_sockets_of_a_network_namespace_that_their_process_has_left(system: System) -> None:
    with Holds("moved") as it:
        found = of(system, it.pid)
        listening, idle, near = found[it.listening], found[it.idle], found[it.near]
        assert isinstance(listening, InetSocket)
        assert (listening.state, listening.local, listening.netns) == ("LISTEN", ("127.0.0.1", it.port), it.netns)
        assert (idle.protocol, idle.state, idle.netns) == ("tcp", "", it.netns)
        assert isinstance(near, UnixSocket)
        assert near.netns == it.netns
        assert near.peer == sockets(system, it.pid)[it.far].inode
        assert of(system, it.pid)[it.listening] == listening
        details = system.sockets.details(it.pid, {it.listening: listening})[listening.inode]
        assert not isinstance(details, Missing)
        assert details.memory is not None


def test_sctp_where_there_is(system: System) -> None:
    with Holds("sctp") as it:
        found = of(system, it.pid)
        listening, client = found[it.listening], found[it.client]
        assert isinstance(listening, InetSocket)
        assert isinstance(client, InetSocket)
        assert (listening.protocol, listening.state, listening.local) == ("sctp", "LISTEN", ("127.0.0.1", it.port))
        assert (client.state, client.remote) == ("ESTABLISHED", ("127.0.0.1", it.port))


def test_alg_where_there_is(system: System) -> None:
    with Holds("alg") as it:
        found = of(system, it.pid)[it.fd]
        assert (found.family, found.type) == ("alg", "seqpacket")


def test_ping_and_raw_sockets_of_another_network_namespace(system: System) -> None:
    with Holds("icmp") as it:
        found = of(system, it.pid)
        ping, raw = found[it.ping], found[it.raw]
        assert isinstance(ping, InetSocket)
        assert isinstance(raw, InetSocket)
        assert (ping.protocol, ping.type, ping.local) == ("icmp", "dgram", ("127.0.0.1", 777))
        assert (raw.protocol, raw.ip_protocol, raw.family) == ("raw", "icmpv6", "inet6")


def test_netlink_by_protocol_and_port(system: System) -> None:
    with Holds("netlinks") as it:
        found = of(system, it.pid)
        for index, (name, number) in enumerate(it.numbers.items()):
            link = found[number]
            assert isinstance(link, NetlinkSocket)
            assert (link.protocol, link.port, link.groups) == (name, it.pid + index, (1,) if name == "KOBJECT_UEVENT" else ())


def test_case_35_vsock_with_cid_and_port(system: System) -> None:
    with Holds("vsock") as it:
        found = of(system, it.pid)[it.fd]
        assert found.family == "vsock"
        if isinstance(found, VsockSocket):
            assert (found.local, found.state) == ((-1, it.port), "LISTEN")


def test_case_35_mptcp_is_not_called_tcp(system: System) -> None:
    with Holds("mptcp") as it:
        found = of(system, it.pid)
        assert {found[it.said[key]].protocol for key in ("listening", "client", "accepted")} == {"mptcp"}
        assert found[it.listening].listens
        assert found[it.listening].address == f"127.0.0.1:{it.port}"


@pytest.mark.parametrize("kind", ["tcp", "udp", "packet"])
def test_without_sock_diag_the_files_of_proc_say_the_same(system: System, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind == "packet" and os.geteuid():
        pytest.skip("needs root")
    with Holds(kind) as it:
        expected = {number: (found.protocol, found.state, found.address) for number, found in of(system, it.pid).items()}

        def refuse(self: object, request: bytes) -> list[bytes]:
            raise Unreadable(Missing(Reason.DENIED, "sock_diag"))

        monkeypatch.setattr(netlink.SocketTables, "dump", refuse)
        other = System()
        try:
            found = {number: (one.protocol, one.state, one.address) for number, one in of(other, it.pid).items()}
        finally:
            other.close()
        assert found == expected


@pytest.mark.root
def test_sockets_of_another_network_namespace(system: System) -> None:
    program = (
        "import socket, sys; s = socket.socket(); s.bind(('0.0.0.0', 8123)); s.listen(9); print(s.fileno(), flush=True); sys.stdin.read()"
    )
    argv = ["unshare", "-n", "python3", "-c", program]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        number = int(other.stdout.readline())
        found = of(system, other.pid)[number]
        assert (found.address, found.state, found.send_queue) == ("0.0.0.0:8123", "LISTEN", 9)
        other.kill()


def test_a_socket_younger_than_the_tables_is_found(system: System) -> None:
    first, second = socket.socket(), socket.socket()
    with first, second:
        first.bind(("127.0.0.1", 0))
        first.listen()
        assert of(system, os.getpid())[first.fileno()].listens
        second.bind(("127.0.0.1", 0))
        second.listen()
        until(lambda: of(system, os.getpid())[second.fileno()].listens, "the younger one", 0.5)


def test_an_inode_that_is_nowhere(system: System) -> None:
    found = system.sockets.of(os.getpid(), {1 << 20: 1 << 40})[1 << 40]
    assert isinstance(found, Missing)


def test_tables_that_take_long_to_read_serve_longer(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    now, loads = [100.0], [0]

    def load(*_: object) -> PlainTable:
        loads[0] += 1
        now[0] += 0.03
        return PlainTable({5: Socket(inode=5, family="netlink", state="x")}, lambda _: None)

    monkeypatch.setattr(Namespace, "_load", load)
    monkeypatch.setattr(Sockets, "_learn_protocols", lambda self, *_: self._protocols.update({5: "NETLINK"}))
    sockets = Sockets(system.proc, system.reader, lambda: now[0])
    for _ in range(5):
        sockets.of(os.getpid(), {3: 5})
        now[0] += 1.0
    assert loads[0] == 2
