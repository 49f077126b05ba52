"""A look at descriptors: of this process, and of another that is stopped, so that nothing moves but by us."""

import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from explorer.collect import peek
from explorer.collect.peek import AFTER, BEFORE, Peek, fdinfo
from explorer.decode.proc.stat import decode
from explorer.kernel.reader import Reader
from explorer.model.missing import Missing, Reason
from explorer.model.peek import Peeked, Waiting
from explorer.model.process import ProcessId
from explorer.resolve.system import System
from tests.loopback import until
from tests.specimens.hung import Hung


@pytest.fixture
def system() -> Iterator[System]:
    made = System(reader=Reader(deadline=20.0))
    yield made
    made.close()


def me(system: System, pid: int = 0) -> ProcessId:
    stat = decode(system.proc.read(pid or os.getpid(), "stat"))
    assert not isinstance(stat, Missing)
    return ProcessId(stat.pid, stat.starttime)


Opens = Callable[[bytes, int], int]


@pytest.fixture
def opens(tmp_path: Path) -> Iterator[Opens]:
    """Gives a descriptor, opened with these flags, of a file with this content."""
    held: list[int] = []

    def make(content: bytes, flags: int = os.O_RDONLY) -> int:
        path = tmp_path / f"file{len(held)}"
        path.write_bytes(content)
        held.append(os.open(path, flags))
        return held[-1]

    yield make
    for fd in held:
        os.close(fd)


def look(system: System, fd: int) -> Peeked:
    found = Peek(system, me(system), fd).step()
    assert isinstance(found, Peeked)
    return found


def missing(system: System, fd: int) -> Missing:
    found = Peek(system, me(system), fd).step()
    assert isinstance(found, Missing)
    return found


def test_what_a_reader_has_read_and_what_comes(system: System, opens: Opens) -> None:
    fd = opens(b"one\ntwo\nthree\n", os.O_RDONLY)
    os.read(fd, 8)
    found = look(system, fd)
    assert (found.before, found.after) == (b"one\ntwo\n", b"three\n")
    assert (found.access, found.position, found.place, found.size, found.line, found.at_end) == ("r", 8, 8, 14, 1, "")
    assert os.lseek(fd, 0, os.SEEK_CUR) == 8


def test_a_writer_is_followed(system: System, opens: Opens) -> None:
    fd = opens(b"", os.O_WRONLY)
    watched = Peek(system, me(system), fd)
    assert isinstance(first := watched.step(), Peeked)
    assert first.data == b""
    assert watched.step() is first
    os.write(fd, b"first\n")
    assert isinstance(second := watched.step(), Peeked)
    assert (second.before, second.line, second.place) == (b"first\n", 1, 6)


def test_only_the_end_of_much_is_read_and_its_lines_still_have_their_numbers(system: System, opens: Opens) -> None:
    line = b"%06d\n"
    fd = opens(b"".join(line % number for number in range(1, 200_001)), os.O_RDONLY)
    os.lseek(fd, 7 * 150_000, os.SEEK_SET)
    watched = Peek(system, me(system), fd)
    found = watched.step()
    assert isinstance(found, Peeked)
    assert len(found.before) <= BEFORE
    assert len(found.after) == AFTER
    assert found.data.startswith(line % found.line)
    assert not found.broken
    os.lseek(fd, 7 * 100, os.SEEK_SET)
    back = watched.step()
    assert isinstance(back, Peeked)
    assert back.data.startswith(line % back.line)


def test_lines_are_not_counted_where_that_would_read_too_much(system: System, opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peek, "COUNTED", 1000)
    fd = opens(b"line\n" * 20_000, os.O_RDONLY)
    os.lseek(fd, 0, os.SEEK_END)
    assert look(system, fd).line == 0


def test_a_line_longer_than_what_is_looked_at(system: System, opens: Opens) -> None:
    fd = opens(b"x" * (BEFORE + 10), os.O_RDONLY)
    os.lseek(fd, 0, os.SEEK_END)
    found = look(system, fd)
    assert (found.broken, found.start, len(found.data), found.line) == (True, 10, BEFORE, 1)


def test_who_only_appends_and_has_not_written_yet(system: System, opens: Opens) -> None:
    found = look(system, opens(b"old\n", os.O_WRONLY | os.O_APPEND))
    assert (found.place, found.at_end, found.before) == (4, "appends", b"old\n")
    assert look(system, opens(b"old\n", os.O_RDONLY | os.O_APPEND)).at_end == ""


def test_who_only_appends_where_others_do_too(system: System, opens: Opens) -> None:
    fd = opens(b"old\n", os.O_WRONLY | os.O_APPEND)
    os.write(fd, b"mine\n")
    assert look(system, fd).at_end == "appends"
    other = os.open(f"/proc/self/fd/{fd}", os.O_WRONLY | os.O_APPEND)
    os.write(other, b"other\n")
    os.close(other)
    found = look(system, fd)
    assert (found.at_end, found.before, found.after) == ("wrote", b"old\nmine\n", b"other\n")


def test_a_position_beyond_the_end(system: System, opens: Opens) -> None:
    fd = opens(b"short\n", os.O_RDWR)
    os.lseek(fd, 1000, os.SEEK_SET)
    found = look(system, fd)
    assert (found.place, found.position, found.at_end) == (6, 1000, "beyond")


def test_the_end_is_looked_at_where_that_is_asked_for(system: System, opens: Opens) -> None:
    found = Peek(system, me(system), opens(b"one\ntwo\n", os.O_RDONLY), at_end=True).step()
    assert isinstance(found, Peeked)
    assert (found.position, found.place, found.at_end, found.before) == (0, 8, "asked", b"one\ntwo\n")


def test_a_deleted_file_and_a_memfd(system: System, tmp_path: Path) -> None:
    gone = os.open(tmp_path / "gone", os.O_RDWR | os.O_CREAT)
    os.write(gone, b"precious\n")
    (tmp_path / "gone").unlink()
    memory = os.memfd_create("buffer")
    os.write(memory, b"\0\1\2")
    for fd, content in ((gone, b"precious\n"), (memory, b"\0\1\2")):
        found = look(system, fd)
        assert (found.before, found.deleted) == (content, True)
        os.close(fd)


def test_another_file_under_the_number_ends_the_look(system: System, opens: Opens) -> None:
    fd = opens(b"first\n", os.O_RDONLY)
    watched = Peek(system, me(system), fd)
    watched.step()
    os.dup2(opens(b"second\n", os.O_RDONLY), fd)
    found = watched.step()
    assert isinstance(found, Peeked)
    assert found.data == b"first\n"
    assert found.ended is not None
    assert "another" in found.ended.detail
    read, write = os.pipe()
    os.dup2(read, fd)
    assert isinstance(ended := watched.step(), Peeked)
    assert ended.ended is not None
    os.close(read)
    os.close(write)


def test_what_has_ended_is_as_it_was_seen_last(system: System, tmp_path: Path) -> None:
    with (tmp_path / "file").open("w") as file, subprocess.Popen(["sleep", "600"], stdout=file) as started:
        file.write("text\n")
        file.flush()
        watched = Peek(system, me(system, started.pid), 1)
        assert isinstance(watched.step(), Peeked)
        started.kill()
        started.wait()
        found = watched.step()
        assert isinstance(found, Peeked)
        assert (found.data, found.ended) == (b"text\n", Missing(Reason.GONE, f"process {started.pid}"))
        assert isinstance(Peek(system, ProcessId(started.pid, 1), 1).step(), Missing)


def test_what_is_never_opened_says_so(system: System) -> None:
    device, folder, status = (os.open(path, os.O_RDONLY) for path in ("/dev/null", "/", "/proc/self/status"))
    counter = os.eventfd(1)
    assert "is a device" in missing(system, device).detail
    assert "is a directory" in missing(system, folder).detail
    assert "the kernel makes this file up" in missing(system, status).detail
    assert "has no data of its own" in missing(system, counter).detail
    for fd in (device, folder, status, counter):
        os.close(fd)
    assert missing(system, counter).reason is Reason.GONE


def test_a_lease_is_said_and_not_broken(system: System, opens: Opens) -> None:
    fd = opens(b"mine\n", os.O_RDWR)
    try:
        fcntl.fcntl(fd, 1024, fcntl.F_WRLCK)
    except OSError:
        pytest.skip("no leases on this file system")
    assert "lease" in missing(system, fd).detail


def test_a_socket_says_how_much_waits_and_keeps_it(system: System) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(b"seven b")
        found = Peek(system, me(system), ours.fileno()).step()
        assert isinstance(found, Waiting)
        assert found.to_read == 7
        assert ours.recv(100) == b"seven b"
        nothing = Peek(system, me(system), theirs.fileno()).step()
        assert isinstance(nothing, Waiting)
        assert (nothing.to_read, nothing.data) == (0, b"")


@pytest.mark.root
def test_by_bpf_what_waits_is_shown_and_still_there(system: System) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(b"GET / HTTP/1.1\r\n")
        theirs.send(b"\r\n")
        found = Peek(system, me(system), ours.fileno()).step()
        assert isinstance(found, Waiting)
        assert (found.to_read, found.pieces, found.data) == (18, 2, b"GET / HTTP/1.1\r\n\r\n")
        assert ours.recv(100) == b"GET / HTTP/1.1\r\n\r\n"
    read, write = os.pipe()
    os.write(write, b"seven b")
    found = Peek(system, me(system), read).step()
    assert isinstance(found, Waiting)
    assert (found.to_read, found.readers, found.writers, found.room) == (7, 1, 1, 16 * os.sysconf("SC_PAGE_SIZE"))
    assert isinstance(found.data, Missing)
    assert os.read(read, 100) == b"seven b"
    os.close(read)
    os.close(write)


def test_without_bpf_a_pipe_is_unknown_and_says_why(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = Missing(Reason.DENIED, "CAP_BPF not held", "run as root")
    monkeypatch.setattr("explorer.resolve.queues.load", lambda: refused)
    read, write = os.pipe()
    found = Peek(system, me(system), read).step()
    assert isinstance(found, Waiting)
    assert isinstance(found.to_read, Missing)
    assert (found.to_read.reason, found.to_read.cure.endswith("to know without: run as root")) == (Reason.DENIED, True)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(b"12345")
        found = Peek(system, me(system), ours.fileno()).step()
        assert isinstance(found, Waiting)
        assert found.to_read == 5
        assert isinstance(found.data, Missing)
    os.close(read)
    os.close(write)


def test_a_listener_says_who_waits_to_be_accepted(system: System) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=5) as listener, socket.create_connection(listener.getsockname()):
        watched = Peek(system, me(system), listener.fileno())
        until(lambda: isinstance(found := watched.step(), Waiting) and found.to_read == 1, "it is connected")
        found = watched.step()
        assert isinstance(found, Waiting)
        assert (found.to_read, found.room, found.count) == (1, 5, "connections")


def test_a_pipe_and_a_fifo_are_not_opened(system: System, tmp_path: Path) -> None:
    """A second writer would keep their reader from ever seeing the end."""
    os.mkfifo(tmp_path / "fifo")
    program = "import os, sys; sys.stdout.write(open(sys.argv[1]).read()); sys.stdout.flush(); os.read(0, 1)"
    with subprocess.Popen([sys.executable, "-c", program, tmp_path / "fifo"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        writer = os.open(tmp_path / "fifo", os.O_WRONLY)
        os.write(writer, b"words")
        numbers = {os.readlink(f"/proc/{reader.pid}/fd/{name}"): int(name) for name in os.listdir(f"/proc/{reader.pid}/fd")}
        for fd in (0, numbers[str(tmp_path / "fifo")]):
            for _ in range(3):
                assert isinstance(Peek(system, me(system, reader.pid), fd).step(), Waiting)
        os.close(writer)
        assert reader.stdout is not None
        assert reader.stdout.read(5) == b"words"
        assert reader.stdin is not None
        reader.stdin.close()
        assert reader.wait(30) == 0


@pytest.mark.skipif(os.geteuid() != 0 or not os.access("/dev/fuse", os.W_OK), reason="needs root and /dev/fuse")
def test_a_file_system_that_does_not_answer_costs_a_deadline() -> None:
    system = System()
    with Hung() as hung:
        pid = hung.pids["opened"]
        fds = {os.readlink(f"/proc/{pid}/fd/{name}"): int(name) for name in os.listdir(f"/proc/{pid}/fd")}
        fd = next(number for link, number in fds.items() if link.endswith("/file"))
        found = Peek(system, me(system, pid), fd).step()
        assert isinstance(found, Missing)
        assert found.reason is Reason.TIMED_OUT
    system.close()


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (b"pos:\t12\nflags:\t0100002\nmnt_id:\t3\n", (12, 0o100002)),
        (b"flags:\t02004002\n", (0, 0o2004002)),
        (b"pos:\t-1\nflags:\tx\n", (0, 0)),
        (b"", (0, 0)),
    ],
)
def test_fdinfo(raw: bytes, meant: tuple[int, int]) -> None:
    assert fdinfo(raw) == meant
