"""collect/ends.py"""

from dataclasses import replace
from pathlib import Path

import pytest

from explorer.collect.ends import far_ends, is_peer, pids, seen, with_holders
from explorer.collect.files import files
from explorer.decode.fd import decode_fd
from explorer.decode.fd.eventpoll import Watch
from explorer.decode.fd.socket import SocketFd
from explorer.model.endpoints import Holder
from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.model.socket import UnixSocket
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.specimens.holds import Holds

WATCH = Watch(5, 1, ("EPOLLIN",), 5, 0, 77, 15)


def fd(number: int, link: str, text: str = "pos:\t0\nflags:\t00\n") -> Fd:
    return decode_fd(number, link, text.encode())


def test_of_a_pipe_what_one_writes_the_other_may_read() -> None:
    assert is_peer("r", Holder(1, 1, "", "w"))
    assert is_peer("rw", Holder(1, 1, "", "r"))
    assert not is_peer("r", Holder(1, 1, "", "r"))
    assert not is_peer("", Holder(1, 1, "", "rw"))


def test_clients_and_those_who_wait_are_at_the_other_end_too() -> None:
    plain = fd(3, "socket:[1]")
    assert isinstance(plain, SocketFd)
    server = replace(plain, socket=UnixSocket(inode=1, family="unix", type="dgram", clients=(2, 3)))
    assert far_ends(server) == (("socket", 2), ("socket", 3))
    assert far_ends(replace(plain, socket=UnixSocket(inode=1, family="unix", waiting=(4,)))) == (("socket", 4),)
    assert far_ends(fd(3, "pipe:[1]")) == ()


def test_ends_of_pipes_by_access(fakeproc: FakeProc) -> None:
    for pid in (7, 8):
        fakeproc.fd(pid, 3, "pipe:[55]", "")
    found = with_holders(fakeproc.system, 7, {3: fd(3, "pipe:[55]")}, (), 1.0)[3]
    # Links of a test's own folder have every permission, so each can write.
    assert [(holder.pid, holder.fd) for holder in found.peers] == [(8, 3)]
    assert pids([found]) == {8}


def test_a_watched_number_may_mean_another_file_by_now(fakeproc: FakeProc) -> None:
    same, other = fd(5, "pipe:[119]", "ino:\t119\n"), fd(5, "pipe:[77]", "ino:\t77\n")
    assert seen(fakeproc.system, 7, WATCH, {5: other}).closed is False
    reused = seen(fakeproc.system, 7, WATCH, {5: same, 9: fd(9, "pipe:[77]", "ino:\t77\n")})
    assert (reused.closed, reused.held_as, reused.what) == (True, 9, "pipe:[77]")
    gone = seen(fakeproc.system, 7, WATCH, {})
    assert (gone.closed, gone.held_as, gone.what) == (True, -1, "")


def test_kernels_that_do_not_say_the_inode(fakeproc: FakeProc) -> None:
    old = replace(WATCH, ino=0)
    assert not seen(fakeproc.system, 7, old, {5: fd(5, "pipe:[77]", "ino:\t77\n")}).closed
    fakeproc.fd(7, 5, "socket:[3]", "")
    assert seen(fakeproc.system, 7, old, {}).what == "socket:[3]"


def found_of(system: System, pid: int) -> dict[int, Fd]:
    found = files(system, pid)
    assert not isinstance(found, Missing)
    return {fd.number: fd for fd in found}


@pytest.mark.parametrize("kind", ["pipe", "fifo", "tcp", "mptcp", "unix", "seqpacket", "devices", "timers", "apart"])
def test_whoever_has_the_other_end_says_the_same_of_us(system: System, tmp_path: Path, kind: str) -> None:
    folder = {"fifo": [str(tmp_path / "fifo")], "unix": [str(tmp_path)], "seqpacket": [str(tmp_path)], "apart": [str(tmp_path)]}
    with Holds(kind, *folder.get(kind, [])) as it:
        checked = 0
        for fd in found_of(system, it.pid).values():
            for peer in fd.peers if fd.number > 2 else ():
                theirs = found_of(system, peer.pid)[peer.fd]
                assert (it.pid, fd.number) in {(holder.pid, holder.fd) for holder in theirs.peers}, (fd.target, theirs)
                checked += 1
        assert checked


def test_ends_of_two_processes(system: System, tmp_path: Path) -> None:
    with Holds("apart", str(tmp_path)) as it:
        ours, theirs = found_of(system, it.pid), found_of(system, it.other)
        for name, number in it.ours.items():
            other = it.theirs[name]
            assert [(holder.pid, holder.fd) for holder in ours[number].peers] == [(it.other, other)], name
            assert [(holder.pid, holder.fd) for holder in theirs[other].peers] == [(it.pid, number)], name
