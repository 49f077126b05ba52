"""kernel/bpf/waiting.py: what waits is told, and is still there afterwards."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.decode.bpf_iter.waiting import decode
from explorer.kernel.bpf.waiting import Inside
from explorer.model.missing import Unreadable
from explorer.model.queue import Queue
from tests.loopback import until

pytestmark = pytest.mark.root


@pytest.fixture(scope="module")
def inside() -> Iterator[Inside]:
    made = Inside()
    yield made
    made.close()


def look(inside: Inside, fd: int) -> Queue:
    file = os.fstat(fd)
    found = decode(inside.look(file.st_dev, file.st_ino))
    assert found is not None
    assert not found.moved
    return found


def test_a_pipe(inside: Inside) -> None:
    read, write = os.pipe()
    assert look(inside, read) == Queue(0, 0, 16, 1, 1, whole=False)
    os.write(write, b"x" * 5000)
    other = os.dup(write)
    assert (look(inside, read).count, look(inside, write).pieces) == (5000, 2)
    assert os.read(read, 100) == b"x" * 100
    assert look(inside, read).count == 4900
    os.close(write)
    os.close(other)
    assert look(inside, read).writers == 0
    assert os.read(read, 5000) == b"x" * 4900
    assert os.read(read, 1) == b""
    os.close(read)


def test_a_fifo_is_found_by_its_own_device(inside: Inside, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    both = os.open(tmp_path / "fifo", os.O_RDWR)
    os.write(both, b"words")
    found = look(inside, both)
    assert (found.count, found.readers, found.writers) == (5, 1, 1)
    os.close(both)


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET])
def test_a_unix_socket(inside: Inside, kind: int) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, kind)
    with ours, theirs:
        assert look(inside, ours.fileno()) == Queue(0)
        theirs.send(b"one ")
        theirs.send(b"two")
        assert look(inside, ours.fileno()) == Queue(7, 2, data=b"one two")
        if kind == socket.SOCK_STREAM:
            assert ours.recv(2) == b"on"
            assert look(inside, ours.fileno()).data == b"e two"
        assert ours.recv(100).endswith(b"e two" if kind == socket.SOCK_STREAM else b"one ")


def test_more_than_is_shown(inside: Inside) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        sent = theirs.send(bytes(range(200)) * 300)
        found = look(inside, ours.fileno())
        assert (found.count, found.whole) == (sent, False)
        assert found.data == (bytes(range(200)) * 300)[: len(found.data)]
        for _ in range(40):
            theirs.send(b"y" * 1000)
        assert look(inside, ours.fileno()).count == sent + 40_000


def test_tcp_and_udp(inside: Inside) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as client:
        server, _ = listener.accept()
        with server:
            client.send(b"over the loopback")
            until(lambda: look(inside, server.fileno()).count == 17, "it has come")
            assert server.recv(5) == b"over "
            assert look(inside, server.fileno()).count == 12
    with socket.socket(type=socket.SOCK_DGRAM) as ours, socket.socket(type=socket.SOCK_DGRAM) as theirs:
        ours.bind(("127.0.0.1", 0))
        theirs.sendto(b"a datagram", ours.getsockname())
        until(lambda: look(inside, ours.fileno()) == Queue(10, 1, data=b"a datagram"), "it has come")
        assert ours.recv(100) == b"a datagram"


def test_what_is_no_pipe_and_what_nobody_has(inside: Inside, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with (tmp_path / "file").open() as file:
        stat = os.fstat(file.fileno())
        assert inside.look(stat.st_dev, stat.st_ino) == b""
    assert inside.look(12345, 1 << 40) == b""


def test_without_rights_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.kernel.bpf.support.effective", lambda: 0)
    with pytest.raises(Unreadable) as refused:
        Inside()
    assert "CAP_BPF" in refused.value.missing.detail
