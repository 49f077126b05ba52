"""collect/files.py, on processes that hold one thing each."""

import os
from pathlib import Path

import pytest

from explorer.collect.files import files, some
from explorer.decode.fd.bpf import Bpf
from explorer.decode.fd.eventfd import EventFd
from explorer.decode.fd.eventpoll import EventPoll
from explorer.decode.fd.fanotify import Fanotify
from explorer.decode.fd.file import File
from explorer.decode.fd.inotify import Inotify
from explorer.decode.fd.io_uring import IoUring
from explorer.decode.fd.memfd import MemFd
from explorer.decode.fd.memory import MemoryFd
from explorer.decode.fd.mqueue import MessageQueue
from explorer.decode.fd.namespace import Namespace
from explorer.decode.fd.path import PathFd
from explorer.decode.fd.pidfd import PidFd
from explorer.decode.fd.pipe import Fifo, Pipe
from explorer.decode.fd.signalfd import SignalFd
from explorer.decode.fd.timerfd import TimerFd
from explorer.decode.fd.userfaultfd import UserFaultFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.loopback import until
from tests.specimens.holds import Holds

MANY = 300
"""Processes of this machine that are looked at; a load test may have made thousands."""


def all_of(system: System, pid: int) -> dict[int, Fd]:
    found = files(system, pid)
    assert not isinstance(found, Missing)
    return {fd.number: fd for fd in found}


def test_eventfd_and_who_shares_it(system: System) -> None:
    with Holds("eventfd") as it:
        fd = all_of(system, it.pid)[it.fd]
        assert isinstance(fd, EventFd)
        assert fd.count == 5
        assert it.partner in {holder.pid for holder in fd.others}


def test_case_41_targets_of_epoll_and_the_closed_one_is_marked(system: System) -> None:
    with Holds("eventpoll") as it:
        found = all_of(system, it.pid)
        fd = found[it.fd]
        assert isinstance(fd, EventPoll)
        watches = {watch.tfd: watch for watch in fd.watches}
        assert set(watches) == {it.counter, it.read, it.closed}
        assert watches[it.counter].what == "eventfd"
        assert watches[it.read].what == found[it.read].target
        assert not watches[it.read].closed
        closed = watches[it.closed]
        assert closed.closed
        assert closed.held_as in {it.held, it.other[1]}
        assert closed.what == found[it.held].target
        assert "EPOLLET" in closed.event_names


def test_timerfd(system: System) -> None:
    with Holds("timerfd") as it:
        found = all_of(system, it.pid)
        fd, idle = found[it.fd], found[it.idle]
        assert isinstance(fd, TimerFd)
        assert isinstance(idle, TimerFd)
        assert isinstance(fd.value, float)
        assert 900 < fd.value <= 1000
        assert (fd.interval, fd.clock, idle.value, idle.clock) == (5.0, "CLOCK_MONOTONIC", 0.0, "CLOCK_REALTIME")


def test_case_40_signalfd(system: System) -> None:
    with Holds("signalfd") as it:
        fd = all_of(system, it.pid)[it.fd]
        assert isinstance(fd, SignalFd)
        assert fd.signals == ("SIGINT", "SIGRTMIN+1", "SIGRTMAX")


def test_inotify_by_the_paths_that_the_process_names(system: System, tmp_path: Path) -> None:
    with Holds("inotify", str(tmp_path)) as it:
        fd = all_of(system, it.pid)[it.fd]
        assert isinstance(fd, Inotify)
        (watch,) = fd.watches
        assert (watch.wd, watch.mask_names, watch.path) == (it.wds[0], ("IN_CREATE", "IN_DELETE"), str(tmp_path))


@pytest.mark.root
def test_inotify_by_file_handle_where_nothing_names_the_path(system: System, handled: Path) -> None:
    place = handled / "before"
    place.mkdir()
    with Holds("inotify", str(place)) as it:
        place.rename(handled / "after")
        fd = all_of(system, it.pid)[it.fd]
        assert isinstance(fd, Inotify)
        assert fd.watches[0].path == str(handled / "after")


@pytest.mark.root
def test_fanotify(system: System, tmp_path: Path) -> None:
    with Holds("fanotify", str(tmp_path)) as it:
        fd = all_of(system, it.pid)[it.fd]
        assert isinstance(fd, Fanotify)
        marks = {mark.on: mark for mark in fd.marks}
        assert set(marks) == {"inode", "mount", "filesystem"}
        assert marks["inode"].path == str(tmp_path)
        assert marks["mount"].path == "/"
        assert marks["inode"].mask == ("FAN_MODIFY",)


def test_pidfd_and_its_process(system: System) -> None:
    with Holds("pidfd") as it:
        found = all_of(system, it.pid)
        fd, ended = found[it.fd], found[it.ended]
        assert isinstance(fd, PidFd)
        assert isinstance(ended, PidFd)
        assert fd.pid == it.living
        assert fd.comm == Path(f"/proc/{it.living}/comm").read_text().strip()
        assert ended.pid == -1


def test_memfd_with_name_size_and_seals(system: System) -> None:
    with Holds("memfd") as it:
        fd = all_of(system, it.pid)[it.fd]
        assert isinstance(fd, MemFd)
        assert (fd.name, fd.size, fd.seals) == ("jit (deleted)", 4096, ("F_SEAL_SEAL", "F_SEAL_SHRINK", "F_SEAL_GROW"))


@pytest.mark.root
def test_bpf(system: System) -> None:
    with Holds("bpf") as it:
        found = all_of(system, it.pid)
        table, program = found[it.map], found[it.prog]
        assert isinstance(table, Bpf)
        assert isinstance(program, Bpf)
        assert (table.sort, table.type, program.sort, program.type) == ("map", "hash", "prog", "socket_filter")
        assert isinstance(table.id, int)
        assert isinstance(program.id, int)


@pytest.mark.root
def test_perf(system: System) -> None:
    with Holds("perf") as it:
        assert all_of(system, it.pid)[it.fd].kind == "perf"


def test_io_uring(system: System) -> None:
    with Holds("io_uring") as it:
        fd = all_of(system, it.pid)[it.fd]
        assert isinstance(fd, IoUring)
        if isinstance(fd.sq_entries, Missing):
            pytest.skip("this kernel shows no rings")
        assert (fd.sq_entries, fd.cq_entries, fd.file_slots, fd.buffer_slots) == (8, 16, 3, 1)
        assert all(what.startswith("pipe:[") for _, what in fd.files)


def test_userfaultfd(system: System) -> None:
    with Holds("userfaultfd") as it:
        fd = all_of(system, it.pid)[it.fd]
        assert isinstance(fd, UserFaultFd)
        assert (fd.pending, fd.total) == (0, 0)


def test_namespaces(system: System) -> None:
    with Holds("namespace") as it:
        found = all_of(system, it.pid)
        for name in ("net", "mnt", "uts"):
            fd = found[it.said[name]]
            assert isinstance(fd, Namespace)
            assert (fd.type, fd.target) == (name, os.readlink(f"/proc/{it.pid}/ns/{name}"))


@pytest.mark.root
def test_a_namespace_that_the_process_has_left(system: System) -> None:
    with Holds("left") as it:
        fds = all_of(system, it.pid)
        before, now = fds[it.before], fds[it.now]
        assert isinstance(before, Namespace)
        assert isinstance(now, Namespace)
        assert (before.own, now.own) == (False, True)
        same = all_of(system, it.stays)[it.before]
        assert isinstance(same, Namespace)
        assert same.own is True


def test_a_message_queue_is_no_file(system: System) -> None:
    with Holds("mqueue") as it:
        fd = all_of(system, it.pid)[it.fd]
        assert isinstance(fd, MessageQueue)
        assert (fd.name, fd.deleted, fd.queued, fd.notify) == (it.name, True, 29, 0)
        assert [(holder.pid, holder.fd) for holder in fd.others] == [(it.partner, it.fd)]


def test_case_41_size_position_and_locks(system: System, tmp_path: Path) -> None:
    with Holds("regular", str(tmp_path / "file")) as it:
        found = all_of(system, it.pid)
        fd, again = found[it.fd], found[it.again]
        assert isinstance(fd, PathFd)
        assert isinstance(again, PathFd)
        assert (fd.kind, fd.path, fd.size, fd.position, fd.access) == ("regular", str(tmp_path / "file"), 10_000, 4096, "rw")
        assert {(lock.type, lock.access, lock.start, lock.end) for lock in fd.locks} == {
            ("FLOCK", "WRITE", 0, -1),
            ("POSIX", "READ", 5, 14),
        }
        assert (again.path, again.position, again.access, again.inode) == (fd.path, 0, "r", fd.inode)
        assert "O_NONBLOCK" in again.flag_names
        assert fd.fstype
        assert str(tmp_path).startswith(fd.mount)


def test_deleted_named_so_and_other_names(system: System, tmp_path: Path) -> None:
    with Holds("names", str(tmp_path)) as it:
        found = all_of(system, it.pid)
        by_key = {key: fd for key, number in it.said.items() if isinstance(fd := found[number], PathFd)}
        assert (by_key["deleted"].path, by_key["deleted"].deleted, by_key["deleted"].links) == (str(tmp_path / "gone"), True, 0)
        assert (by_key["named"].path, by_key["named"].deleted) == (str(tmp_path / "named so (deleted)"), False)
        assert (by_key["linked"].path, by_key["linked"].deleted, by_key["linked"].links) == (str(tmp_path / "first name"), True, 1)
        assert by_key["hostile"].path == str(tmp_path) + "/\x1b]0;t\x07\nx\udcff"
        assert (by_key["directory"].kind, by_key["null"].kind) == ("directory", "chr")
        assert (by_key["path"].access, by_key["path"].kind) == ("", "regular")
        link = by_key["symlink"]
        assert isinstance(link, File)
        assert link.type == "symlink"


def test_pipes_and_their_other_ends(system: System) -> None:
    with Holds("pipe") as it:
        # The reader closes what it does not want after its parent has spoken.
        until(lambda: len(os.listdir(f"/proc/{it.reader}/fd")) <= 4, "the reader to close its other descriptors")
        found = all_of(system, it.pid)
        fd, lonely = found[it.fd], found[it.lonely]
        assert isinstance(fd, Pipe)
        assert [(holder.pid, holder.fd, holder.access) for holder in fd.peers] == [(it.reader, it.reader_fd, "r")]
        own_read, own_write = found[it.own[0]], found[it.own[1]]
        assert [(holder.pid, holder.fd) for holder in own_read.peers] == [(it.pid, own_write.number)]
        assert lonely.peers == ()
        assert lonely.others == ()
        if os.geteuid() == 0:
            until(lambda: all_of(system, it.pid)[it.lonely].unseen is None, "all processes to be looked at")


def test_fifos(system: System, tmp_path: Path) -> None:
    with Holds("fifo", str(tmp_path / "fifo")) as it:
        found = all_of(system, it.pid)
        fd, read = found[it.fd], found[it.read]
        assert isinstance(fd, Fifo)
        assert (fd.path, fd.access, read.access) == (str(tmp_path / "fifo"), "rw", "r")
        assert [(holder.pid, holder.fd) for holder in read.peers] == [(it.pid, it.fd)]


def test_some_of_them(system: System) -> None:
    with Holds("eventfd") as it:
        assert set(some(system, it.pid, [it.fd, 999])) == {it.fd}


def test_a_process_that_is_not_there(system: System) -> None:
    found = files(system, 1 << 22)
    assert isinstance(found, Missing)
    assert found.reason is Reason.GONE


def test_case_24_one_that_vanishes_or_cannot_be_read_spoils_no_other(system: System, tmp_path: Path) -> None:
    with Holds("changing", str(tmp_path)) as it:
        for _ in range(20):
            found = all_of(system, it.pid)
            assert set(range(3, 13)) <= set(found)
            stays = found[it.first]
            assert isinstance(stays, PathFd)
            assert stays.path == str(tmp_path / "closed/stays")
        os.chmod(tmp_path / "closed", 0o700)


def test_what_cannot_be_read_of_one_is_said_there(fakeproc: FakeProc) -> None:
    fakeproc.fd(7, 0, "pipe:[1]", "pos:\t0\nflags:\t00\n")
    fakeproc.fd(7, 1, "anon_inode:[eventfd]", "flags:\t02\n")
    fakeproc.link("7/fd/2", "socket:[5]")
    (fakeproc.root / "7/fdinfo/2").mkdir()
    found = files(fakeproc.system, 7)
    assert not isinstance(found, Missing)
    assert [fd.number for fd in found] == [0, 1, 2]
    assert isinstance(found[2].flags, Missing)
    assert isinstance(found[1].position, Missing)


def left_out(system: System, pid: int) -> set[int]:
    """Descriptors that were open before and after, and are not among what was found."""
    before = set(os.listdir(f"/proc/{pid}/fd")) if os.access(f"/proc/{pid}/fd", os.R_OK) else set()
    found = files(system, pid, budget=0.01)
    try:
        after = set(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return set()
    return set() if isinstance(found, Missing) else {int(name) for name in before & after} - {fd.number for fd in found}


def test_every_process_of_this_machine(system: System) -> None:
    """No crash, whatever they hold, and the numbers are those of /proc; some open and close all the time, but not always the same."""
    for pid in system.proc.numbers()[:MANY]:
        missing = left_out(system, pid)
        for _ in range(5):
            missing = missing and missing & left_out(system, pid)
        assert not missing or pid == os.getpid()


def test_secret_memory_has_a_size(system: System) -> None:
    with Holds("secretmem") as it:
        fd = all_of(system, it.pid)[it.fd]
        assert isinstance(fd, MemoryFd)
        assert (fd.sort, fd.size) == ("secretmem", 8192)


def test_anonymous_inodes_by_the_kernels_name(system: System) -> None:
    with Holds("anonymous") as it:
        fds = all_of(system, it.pid)
        assert {name: fds[it.said[name]].note for name in ("fscontext", "landlock")} == {
            "fscontext": "fscontext",
            "landlock": "landlock-ruleset",
        }
