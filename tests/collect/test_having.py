"""Who has a thing: found in other processes, by every kind of identity."""

import mmap
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explorer.collect import having
from explorer.collect.having import Search
from explorer.kernel.descriptors import links
from explorer.model.having import Having, Thing, Use, WhoHas
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.system import System
from tests.fakeproc import FakeProc


def found(system: System, pid: int, thing: Thing) -> WhoHas:
    search = Search(system, pid, thing)
    while not (told := search.step()).done:
        assert told.looked < told.total
    return told


def of(told: WhoHas, pid: int) -> Having | None:
    return next((each for each in told.who if each.pid == pid), None)


def descriptor(fd: int) -> Thing:
    return Thing(f"{fd}", os.readlink(f"/proc/self/fd/{fd}"), fd)


@contextmanager
def child(*fds: int, cwd: str = "/", code: str = "") -> Iterator[int]:
    """A process that has these descriptors, at the same numbers, and has done what the code says."""
    program = f"{code}\nprint(flush=True)\nimport sys; sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", program], pass_fds=fds, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        assert started.stdin is not None
        assert started.stdout is not None
        started.stdout.readline()
        yield started.pid
        started.stdin.close()


def test_pipes_and_sockets_by_what_their_link_says(system: System) -> None:
    reads, writes = os.pipe()
    here, there = socket.socketpair()
    with here, there, child(reads, here.fileno()) as pid:
        of_pipe = found(system, os.getpid(), descriptor(writes))
        assert {each.pid for each in of_pipe.who} == {os.getpid(), pid}
        theirs = of(of_pipe, pid)
        assert theirs is not None
        assert (theirs.fds, theirs.user) == (((reads, "r"),), system.users.name(os.geteuid()))
        assert {number for each in of_pipe.who if each.pid == os.getpid() for number, _ in each.fds} == {reads, writes}
        of_socket = found(system, os.getpid(), descriptor(here.fileno()))
        assert [each.pid for each in of_socket.who] == sorted((os.getpid(), pid))
        assert [use.how for use in of_socket.who[[each.pid for each in of_socket.who].index(os.getpid())].uses] == ["fd", "other end"]
        of_other = found(system, os.getpid(), descriptor(there.fileno()))
        assert {each.pid: each.is_at_other_end for each in of_other.who} == {os.getpid(): False, pid: True}
    os.close(reads)
    os.close(writes)


def test_anonymous_things_of_one_name_are_told_apart(system: System) -> None:
    mine, given = os.eventfd(0), os.eventfd(0)
    with child(given, code="import os; other = os.eventfd(0)") as pid:
        assert [each.pid for each in found(system, os.getpid(), descriptor(mine)).who] == [os.getpid()]
        told = found(system, os.getpid(), descriptor(given))
        assert [(each.pid, [number for number, _ in each.fds]) for each in told.who] == sorted([(os.getpid(), [given]), (pid, [given])])
    os.close(mine)
    os.close(given)


def test_a_deleted_file_by_another_name_a_copy_and_a_mapping(system: System, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"x" * 4096)
    second.hardlink_to(first)
    (tmp_path / "third").write_bytes(b"x" * 4096)
    fd = os.open(first, os.O_RDONLY)
    first.unlink()
    maps = f"import mmap, os; f = os.open({str(second)!r}, os.O_RDWR); m = mmap.mmap(f, 4096); os.close(f)"
    other = f"import os; f = os.open({str(tmp_path / 'third')!r}, os.O_RDONLY)"
    opening = f"import os; f = os.open({str(second)!r}, os.O_RDWR)"
    with child(fd) as copies, child(code=opening) as opens, child(code=maps) as mapped, child(code=other) as no:
        told = found(system, os.getpid(), descriptor(fd))
        assert {each.pid for each in told.who} == {os.getpid(), copies, opens, mapped}
        assert no not in {each.pid for each in told.who}
        copy, own, maps_it = of(told, copies), of(told, opens), of(told, mapped)
        assert copy is not None
        assert {use.fd for use in copy.uses if use.shared} == {fd}
        assert own is not None
        assert [mode for _, mode in own.fds] == ["rw"]
        assert not any(use.shared for use in own.uses)
        assert maps_it is not None
        assert Use("mapped", access="rw-s") in maps_it.uses
        assert {use.how for use in copy.uses} == {"fd"}
    os.close(fd)


def test_a_mapped_file_is_found_where_it_is_open(system: System, tmp_path: Path) -> None:
    path = tmp_path / "mapped"
    path.write_bytes(b"x" * 4096)
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 4096):
        with open("/proc/self/maps") as text:
            words = next(line for line in text if line.rstrip().endswith(str(path))).split()
        major, minor = (int(part, 16) for part in words[3].split(":"))
        thing = Thing("mapped", str(path), -1, (major, minor), int(words[4]), words[0])
        with child(file.fileno()) as pid:
            told = found(system, os.getpid(), thing)
            assert {each.pid for each in told.who} == {os.getpid(), pid}


def test_a_folder_by_those_who_work_in_it(system: System, tmp_path: Path) -> None:
    fd = os.open(tmp_path, os.O_RDONLY)
    with child(cwd=str(tmp_path)) as pid:
        told = of(found(system, os.getpid(), descriptor(fd)), pid)
        assert told is not None
        assert told.uses == (Use("cwd"),)
    os.close(fd)


def test_it_ends_and_says_who_was_not_looked_at(fakeproc: FakeProc, monkeypatch: pytest.MonkeyPatch) -> None:
    for pid in range(100, 400):
        fakeproc.fd(pid, 3, "pipe:[7]", "")
    now = [0.0]

    def clock() -> float:
        now[0] += 1.0
        return now[0]

    search = Search(fakeproc.system, 100, Thing("3", "pipe:[7]", 3), clock)
    while not (told := search.step()).done:
        pass
    assert 0 < told.looked < told.total == 300
    assert isinstance(told.unsure, Missing)
    assert told.unsure.reason is Reason.TIMED_OUT
    assert told.unsure.detail.startswith(f"{300 - told.looked} processes")
    monkeypatch.setattr(having, "MOST", 40)
    full = found(fakeproc.system, 100, Thing("3", "pipe:[7]", 3))
    assert full.unsure is not None
    assert full.unsure.detail.endswith("so many have it")


def test_who_may_not_be_looked_at_is_counted(fakeproc: FakeProc, monkeypatch: pytest.MonkeyPatch) -> None:
    fakeproc.fd(7, 3, "pipe:[7]", "")
    fakeproc.fd(8, 3, "pipe:[7]", "")

    def refusing(proc: object, pid: int) -> list[tuple[int, str]]:
        if pid == 8:
            raise Unreadable(Missing(Reason.DENIED, "/proc/8/fd"))
        return links(fakeproc.system.proc, pid)

    monkeypatch.setattr(having, "links", refusing)
    told = found(fakeproc.system, 7, Thing("3", "pipe:[7]", 3))
    assert ([each.pid for each in told.who], told.denied, told.looked) == ([7], 1, 2)
