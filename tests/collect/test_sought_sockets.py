"""Sockets that are looked for."""

import os
import socket
from pathlib import Path

import pytest

from explorer.collect import sought_sockets as sockets
from explorer.collect.sought import sought
from explorer.model.socket import InetSocket, UnixSocket
from explorer.model.sought import Sought
from explorer.query.inet import inet
from explorer.query.who import question
from explorer.resolve.system import System


def test_internet_sockets_and_their_other_ends(system: System) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            taken, _ = server.accept()
            with taken:
                found = sockets.internet(system, inet(f":{port}"))
                inodes = {os.fstat(each.fileno()).st_ino for each in (server, client, taken)}
                assert found.sockets.keys() == inodes
                assert not found.ends
                assert set(found.maker.values()) == {os.geteuid()}
                one = sockets.one(system, os.fstat(client.fileno()).st_ino)
                assert one.ends == {f"socket:[{os.fstat(taken.fileno()).st_ino}]"}
                assert one.links == {f"socket:[{os.fstat(client.fileno()).st_ino}]"}


def test_unix_sockets_by_name(system: System, tmp_path: Path) -> None:
    path = str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen()
        client.connect(path)
        found = sockets.named(system, {path})
        assert found.sockets == {os.fstat(server.fileno()).st_ino: f"unix {path} LISTEN"}
        assert found.ends == {f"socket:[{os.fstat(client.fileno()).st_ino}]"}
        assert not sockets.named(system, {path + "x"}).sockets


def test_unix_sockets_by_the_file_that_they_are_bound_to(system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind("relative")
        server.listen()
        client.connect("relative")
        taken, _ = server.accept()
        with taken:
            found = sought(system, question(str(tmp_path / "relative")))
            assert isinstance(found, Sought)
            assert found.sockets.keys() == {os.fstat(each.fileno()).st_ino for each in (server, taken)}
            assert found.ends == {f"socket:[{os.fstat(client.fileno()).st_ino}]"}


def test_what_nobody_has_is_looked_for_by_its_link(system: System) -> None:
    found = sockets.one(system, 1)
    assert found.links == {"socket:[1]"}
    assert not found.sockets
    assert not found.ends


def test_words() -> None:
    connected = InetSocket(inode=7, family="inet", protocol="tcp", state="ESTABLISHED", local=("::1", 80), remote=("::1", 9), inbound=True)
    assert sockets.words(connected) == "tcp [::1]:80 ← [::1]:9"
    assert sockets.words(UnixSocket(inode=7, family="unix", type="dgram")) == "unix dgram"
    assert sockets.ends_of(UnixSocket(inode=7, family="unix", peer=8, clients=(9,), waiting=(10,))) == (8, 0, 9, 10)
