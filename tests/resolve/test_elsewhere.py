"""Connections from one network namespace to another."""

import os
from pathlib import Path

import pytest

from explorer.collect.files import files
from explorer.decode.fd.socket import SocketFd
from explorer.model.missing import Missing
from explorer.model.socket import InetSocket, UnixSocket
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.networks import Networks

pytestmark = pytest.mark.xdist_group("machine")


def held(system: System, pid: int, number: int) -> SocketFd:
    found = files(system, pid, budget=20.0)
    assert not isinstance(found, Missing)
    fd = next(fd for fd in found if fd.number == number)
    assert isinstance(fd, SocketFd)
    return fd


@pytest.mark.root
def test_the_other_end_in_another_network_namespace(system: System, tmp_path: Path) -> None:
    with Networks(str(tmp_path / "local")) as it:
        assert os.readlink(f"/proc/{it.client}/ns/net") != os.readlink(f"/proc/{it.server}/ns/net")
        client, server = held(system, it.client, it.socket), held(system, it.server, it.taken)
        assert isinstance(client.socket, InetSocket)
        assert isinstance(server.socket, InetSocket)
        assert (client.socket.peer, server.socket.peer) == (server.inode, client.inode)
        assert [(holder.pid, holder.fd) for holder in client.peers] == [(it.server, it.taken)]
        assert [(holder.pid, holder.fd) for holder in server.peers] == [(it.client, it.socket)]
        listening = held(system, it.server, it.listening)
        assert not listening.peers


@pytest.mark.root
def test_a_unix_socket_across_network_namespaces(system: System, tmp_path: Path) -> None:
    with Networks(str(tmp_path / "local")) as it:
        far, near = held(system, it.client, it.far), held(system, it.server, it.near)
        assert isinstance(far.socket, UnixSocket)
        assert [(holder.pid, holder.fd) for holder in far.peers] == [(it.server, it.near)]
        assert [(holder.pid, holder.fd) for holder in near.peers] == [(it.client, it.far)]


@pytest.mark.root
def test_sockets_are_found_wherever_they_are(system: System, tmp_path: Path) -> None:
    with Networks(str(tmp_path / "local")) as it:
        inode = held(system, it.server, it.listening).inode
        found = system.elsewhere.find(inode)
        assert found is not None
        assert os.readlink(f"/proc/{found[0]}/ns/net") == os.readlink(f"/proc/{it.server}/ns/net")
        assert inode in {socket.inode for _, socket in system.elsewhere.all("tcp")}
        assert system.elsewhere.find(1) is None


def test_where_there_is_one_network_namespace_nothing_is_asked(fakeproc: FakeProc) -> None:
    fakeproc.link("7/ns/net", "net:[1]")
    fakeproc.link("8/ns/net", "net:[1]")
    system = fakeproc.system
    socket = InetSocket(inode=9, family="inet", protocol="tcp", state="ESTABLISHED", local=("10.0.0.1", 80), remote=("10.0.0.2", 5))
    assert system.elsewhere.namespaces() == {"net:[1]": 7}
    assert system.elsewhere.with_peers(7, {9: socket}) == {9: socket}
