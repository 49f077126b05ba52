"""resolve/notes.py"""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.model.missing import Missing, Reason
from explorer.resolve.notes import note
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.loopback import until
from tests.specimens.holds import Holds


@pytest.fixture
def system() -> Iterator[System]:
    made = System()
    yield made
    made.close()


def test_a_path_is_what_the_link_says(system: System, tmp_path: Path) -> None:
    with open(tmp_path / "x", "w") as file:
        assert note(system, os.getpid(), file.fileno()) == str(tmp_path / "x")


def test_kinds_with_what_they_watch(system: System) -> None:
    for kind, expected in (("eventpoll", "eventpoll, 3 watched"), ("signalfd", "signalfd INT RTMIN+1 RTMAX"), ("eventfd", "eventfd")):
        with Holds(kind) as it:
            assert note(system, it.pid, it.fd) == expected


def test_a_process(system: System) -> None:
    with Holds("pidfd") as it:
        name = Path(f"/proc/{it.living}/comm").read_text().strip()
        assert note(system, it.pid, it.fd) == f"pidfd {it.living} {name}"
        assert note(system, it.pid, it.ended) == "pidfd of an ended process"


def test_addresses_and_who_connected(system: System) -> None:
    with Holds("tcp") as it:
        assert note(system, it.pid, it.listening) == f"[::]:{it.port}"
        accepted, client = note(system, it.pid, it.accepted), note(system, it.pid, it.client)
        assert isinstance(accepted, str)
        assert isinstance(client, str)
        assert accepted.startswith(f"127.0.0.1:{it.port} ← 127.0.0.1:")
        assert client.endswith(f" → 127.0.0.1:{it.port}")
        assert note(system, it.pid, it.idle) == "tcp"


def test_pipes_with_their_other_end(system: System) -> None:
    with Holds("pipe") as it:
        until(lambda: note(system, it.pid, it.own[0]) == "pipe ← itself", "the reader to close its copies")
        until(lambda: str(note(system, it.pid, it.fd)).startswith(f"pipe → {it.reader} "), "the reader to be seen")
        if os.geteuid() == 0:
            until(lambda: note(system, it.pid, it.lonely) == "pipe, nobody writes", "everybody to be looked at", 60)


def test_a_pair_without_names(system: System) -> None:
    one, other = socket.socketpair()
    with one, other:
        assert note(system, os.getpid(), one.fileno()) == f"unix stream ↔ {os.getpid()} {Path('/proc/self/comm').read_text().strip()}"


def test_one_that_is_not_open(system: System, fakeproc: FakeProc) -> None:
    found = note(system, os.getpid(), 1 << 20)
    assert isinstance(found, Missing)
    assert found.reason is Reason.GONE
    fakeproc.fd(7, 1, "marvel:[1]", "")
    assert note(fakeproc.system, 7, 1) == "marvel:[1]"
