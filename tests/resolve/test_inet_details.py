"""resolve/inet_details.py, on living sockets."""

import os
import socket

import pytest

from explorer.collect.ends import with_inet_details
from explorer.collect.files import files
from explorer.decode.fd.socket import SocketFd
from explorer.kernel.netlink import SocketTables
from explorer.model.inet_details import InetDetails
from explorer.model.missing import Missing, Reason
from explorer.model.socket import InetSocket
from explorer.resolve.inet_details import asked
from explorer.resolve.system import System
from tests.specimens.holds import Holds


def details(system: System, pid: int) -> dict[int, InetDetails | Missing | None]:
    found = files(system, pid)
    assert not isinstance(found, Missing)
    fds = with_inet_details(system, pid, {fd.number: fd for fd in found}, [fd.number for fd in found])
    return {number: fd.socket.details for number, fd in fds.items() if isinstance(fd, SocketFd) and isinstance(fd.socket, InetSocket)}


def test_a_connection_and_its_listener(system: System) -> None:
    with Holds("tcp") as it:
        found = details(system, it.pid)
        sent, received, listens = (found[it.said[key]] for key in ("client", "accepted", "listening"))
        assert isinstance(sent, InetDetails)
        assert isinstance(received, InetDetails)
        assert isinstance(listens, InetDetails)
        assert sent.tcp is not None
        assert received.tcp is not None
        assert (sent.tcp.bytes_sent, received.tcp.bytes_received) == (5000, 5000)
        assert sent.tcp.rtt > 0
        assert sent.congestion
        assert received.memory is not None
        assert received.memory.rmem >= 5000
        assert found[it.idle] is None


def test_udp_and_mptcp_have_memory(system: System) -> None:
    with Holds("udp") as it:
        found = details(system, it.pid)
        for number in (it.server, it.client, it.lite):
            about = found[number]
            assert isinstance(about, InetDetails), number
            assert about.memory is not None
            assert about.memory.rcvbuf > 0
    with Holds("mptcp") as it:
        for number in (it.listening, it.client, it.accepted):
            about = details(system, it.pid)[number]
            assert isinstance(about, InetDetails)
            assert about.memory is not None


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_several_at_one_port_are_told_apart(system: System, kind: socket.SocketKind) -> None:
    several = [socket.socket(type=kind) for _ in range(4)]
    try:
        for index, one in enumerate(several):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192 * (index + 1))
            one.bind(("127.0.0.1", several[0].getsockname()[1] if index else 0))
            if kind is socket.SOCK_STREAM:
                one.listen()
        found = details(system, os.getpid())
        for one in several:
            about = found[one.fileno()]
            assert isinstance(about, InetDetails)
            assert about.memory is not None
            assert about.memory.rcvbuf == one.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
    finally:
        for one in several:
            one.close()


def test_one_that_is_gone() -> None:
    with Holds("tcp") as it:
        system = System()
        found = files(system, it.pid)
        assert not isinstance(found, Missing)
        fd = next(fd for fd in found if fd.number == it.client)
    assert isinstance(fd, SocketFd)
    assert isinstance(fd.socket, InetSocket)
    said = system.sockets.details(1, {fd.number: fd.socket})[fd.inode]
    assert isinstance(said, Missing)
    system.close()


def test_without_a_row() -> None:
    with SocketTables() as line:
        said = asked(line, {5: (6, None)})[5]
    assert isinstance(said, Missing)
    assert said.reason is Reason.UNSUPPORTED
