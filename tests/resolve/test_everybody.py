"""resolve/everybody.py: who has what, by what the kernel told."""

import os
import socket

import pytest

from explorer.decode.bpf_iter.end import END, EVENTFD, FIFO, MASTER, PIPE, SOCKET, TERMINAL
from explorer.kernel.netlink import SocketTables
from explorer.model.endpoints import Endpoint, Holder
from explorer.model.missing import Reason
from explorer.model.socket import InetSocket
from explorer.resolve import everybody
from explorer.resolve.everybody import CROWD, AllSockets, Everybody, linked
from explorer.resolve.sockets import Namespace
from explorer.resolve.system import System
from explorer.resolve.tables import Table
from tests.fakeproc import FakeProc
from tests.loopback import until
from tests.specimens.holds import Holds

DEV = 8 << 20 | 1
O_PATH = 0o10000000
ROWS = (
    (7, 3, 55, os.O_WRONLY, 0, PIPE),
    (7, 4, 55, os.O_RDWR, 0, SOCKET),
    (8, 3, 55, os.O_RDONLY, 0, PIPE),
    (8, 4, 12, os.O_RDWR, 0, EVENTFD),
    (8, 5, 55, os.O_RDWR, DEV, FIFO),
    (9, 1 << 31, 55, O_PATH, DEV, FIFO),
    (9, 4, 3, os.O_RDWR, 0, TERMINAL),
    (9, 5, MASTER, os.O_RDWR, 0, TERMINAL),
)


def known(*rows: tuple[int, int, int, int, int, int]) -> Everybody:
    return Everybody(FakeProc.__new__(FakeProc), [END.pack(*row) for row in rows], lambda pid: f"name{pid}")  # type: ignore[arg-type]


def test_who_has_each_with_its_access() -> None:
    found = known(*ROWS)
    found.fifo("/run/fifo", DEV, 55)
    asked: list[Endpoint] = [
        ("pipe", 55),
        ("socket", 55),
        ("eventfd", 12),
        ("fifo", "/run/fifo"),
        ("pipe", 1),
        ("fifo", "/dev/pts/3"),
        ("fifo", "/dev/ptmx"),
        ("fifo", "/dev/pts/ptmx"),
        ("fifo", "/other"),
        ("mqueue", 55),
    ]
    assert found.of(asked) == {
        ("pipe", 55): (Holder(7, 3, "name7", "w"), Holder(8, 3, "name8", "r")),
        ("socket", 55): (Holder(7, 4, "name7", "rw"),),
        ("eventfd", 12): (Holder(8, 4, "name8", "rw"),),
        ("fifo", "/run/fifo"): (Holder(8, 5, "name8", "rw"), Holder(9, 1 << 31, "name9", "")),
        ("pipe", 1): (),
        ("fifo", "/dev/pts/3"): (Holder(9, 4, "name9", "rw"),),
        ("fifo", "/dev/ptmx"): (Holder(9, 5, "name9", "rw"),),
        ("fifo", "/dev/pts/ptmx"): (),
        ("fifo", "/other"): (),
        ("mqueue", 55): (),
    }
    assert found.unseen(("pipe", 55)) is None
    assert found.unseen() is None


def test_of_a_crowd_some_are_told_and_that_there_are_more() -> None:
    found = known(*((pid, 2, 55, 1, 0, PIPE) for pid in range(1, 3 * CROWD)), (1, 3, 56, 1, 0, PIPE))
    assert CROWD <= len(found.of([("pipe", 55)])["pipe", 55]) <= CROWD + 1
    unseen = found.unseen(("pipe", 55))
    assert unseen is not None
    assert unseen.reason is Reason.UNSUPPORTED
    assert found.unseen(("pipe", 56)) is None


def test_room_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everybody, "MOST", 3)
    found = known(*((pid, 2, pid, 1, 0, PIPE) for pid in range(1, 9)))
    assert found.of([("pipe", 8)])["pipe", 8] == ()
    assert found.unseen(("pipe", 8)) is not None


def test_one_dump_of_a_table_serves_all_processes(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[str] = []
    real = Namespace._load

    def load(self: Namespace, name: str, line: SocketTables | None) -> Table:
        loads.append(name)
        return real(self, name, line)

    monkeypatch.setattr(Namespace, "_load", load)
    own = os.stat("/proc/self/ns/net").st_ino
    with socket.socket() as listening, socket.socket() as idle:
        listening.bind(("127.0.0.1", 0))
        listening.listen(3)
        inode, lost = os.fstat(listening.fileno()).st_ino, os.fstat(idle.fileno()).st_ino
        sockets = AllSockets(system.proc, system.reader, lambda _: own, own)
        for _ in range(3):
            sockets.learn({inode: "TCP", lost: "TCP"})
            found = sockets.of(os.getpid(), {listening.fileno(): inode, idle.fileno(): lost})
            told = found[inode]
            assert isinstance(told, InetSocket)
            assert (told.state, told.local) == ("LISTEN", listening.getsockname())
            assert isinstance(found[lost], InetSocket)
    assert loads == ["tcp"]
    assert not system.reader.pids(), "nobody was asked for the protocol of a socket"


def test_by_links_the_same_but_fifos(fakeproc: FakeProc, system: System) -> None:
    with Holds("pipe") as it:
        until(lambda: not os.path.lexists(f"/proc/{it.reader}/fd/{it.fd}"), "the reader to close the other end")
        chunks = list(linked(system.proc, [it.pid, it.reader], set()))
        found = Everybody(system.proc, chunks, lambda _: "x", fifos=False)
        inode = os.stat(f"/proc/{it.pid}/fd/{it.fd}").st_ino
        holders = found.of([("pipe", inode)])["pipe", inode]
        assert {(holder.pid, holder.fd, holder.access) for holder in holders} == {(it.pid, it.fd, "w"), (it.reader, it.reader_fd, "r")}
    fakeproc.fd(7, 3, "anon_inode:[eventfd]", "pos:\t0\nflags:\t02\neventfd-id: 12\n")
    fakeproc.fd(7, 4, "/dev/pts/5", "pos:\t0\n")
    fakeproc.fd(7, 5, "/dev/ptmx", "pos:\t0\n")
    fakeproc.fd(7, 6, "/run/fifo", "pos:\t0\n")
    proc = fakeproc.system.proc
    found = Everybody(proc, linked(proc, [7, 8], set()), lambda _: "x", fifos=False)
    asked: list[Endpoint] = [("eventfd", 12), ("fifo", "/dev/pts/5"), ("fifo", "/dev/ptmx"), ("fifo", "/run/fifo")]
    assert [[holder.fd for holder in holders] for holders in found.of(asked).values()] == [[3], [4], [5], [6]]
    assert found.unseen() is None
