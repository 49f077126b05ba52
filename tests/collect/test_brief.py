"""collect/brief.py: on processes that hold one thing each the rows are those of the whole descriptors."""

from pathlib import Path

import pytest

from explorer.collect.walk import Opened, Walk
from explorer.model.brief import BriefConnection, BriefCounter, BriefFile, BriefPair, BriefPoll
from explorer.model.fd import Fd
from explorer.model.held import USUAL
from explorer.render.fd import Layout, fd_line
from explorer.render.fd_brief import text
from explorer.render.piece import plain
from explorer.resolve.system import System
from tests.processes import Processes
from tests.specimens.holds import Holds

pytestmark = pytest.mark.root
LAYOUT = Layout(4, 11, 2, 44, 120)
USUAL_ONES = """
import os, select, socket, sys
file, end = open(sys.argv[1], "r+b", buffering=0), open(sys.argv[1], "ab", buffering=0)
file.read(3)
proc = open("/proc/self/status")
left, right = socket.socketpair()
counter, epoll = os.eventfd(5), select.epoll()
epoll.register(left)
epoll.register(counter)
listening = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(listening.getsockname())
accepted, _ = listening.accept()
client.send(b"x" * 5000)
print(flush=True)
sys.stdin.read()
"""
KINDS = (
    "eventfd",
    "eventpoll",
    "timerfd",
    "memfd",
    "pipe",
    "shared_listener",
    "tcp",
    "udp",
    "unix",
    "names",
    "regular",
    "devices",
    "kernel_files",
)


def rows(system: System, pid: int) -> tuple[list[object], list[str], list[str]]:
    """What was said briefly, its rows, and those of the whole descriptors."""
    walk = Walk(system, USUAL)
    try:
        (held,) = walk.held([pid])
        assert isinstance(held.fds, Opened)
        found = [thing for _, thing, _ in held.fds.rows()]
        brief = [plain(fd_line(thing, LAYOUT)) if isinstance(thing, Fd) else text(thing, LAYOUT) for thing in found if thing is not None]
        return [thing for thing in found if not isinstance(thing, Fd)], brief, [plain(fd_line(fd, LAYOUT)) for fd in held.fds]
    finally:
        walk.close()


def test_the_usual_ones(system: System, processes: Processes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 10_000)
    process = processes.python(USUAL_ONES, str(path))
    said, brief, whole = rows(system, process.pid)
    assert brief == whole
    sorts = [type(found) for found in said]
    # In a chroot its input and output are on a mount that cannot be seen, and are told whole.
    assert sorts.count(BriefFile) in {1, 3}
    assert {sort: sorts.count(sort) for sort in set(sorts) - {BriefFile}} == {
        BriefPair: 2,
        BriefConnection: 2,
        BriefCounter: 1,
        BriefPoll: 1,
    }
    assert any(row.endswith("9.8K at 3") for row in brief)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_so_usual_is_told_whole(system: System, tmp_path: Path, kind: str) -> None:
    arguments = [str(tmp_path)] if kind in {"unix", "names"} else [str(tmp_path / "file")] if kind == "regular" else []
    with Holds(kind, *arguments) as it:
        _, brief, whole = rows(system, it.pid)
        assert brief == whole


def test_what_is_known_is_not_told_again(system: System, processes: Processes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 10_000)
    process = processes.python(USUAL_ONES, str(path))
    walk = Walk(system, USUAL)
    try:
        (held,) = walk.held([process.pid])
        assert isinstance(held.fds, Opened)
        first = list(held.fds.rows())
        common = {record for record, _, common in first if common}
        again = list(held.fds.rows(common))
    finally:
        walk.close()
    assert common
    assert [record for record, _, _ in again] == [record for record, _, _ in first]
    assert {record for record, thing, _ in again if thing is None} == common
