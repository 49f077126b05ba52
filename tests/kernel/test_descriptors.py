"""kernel/descriptors.py"""

import errno
import os
import select

import pytest

from explorer.kernel.descriptors import USUAL, access, links, said
from explorer.kernel.procfs import Procfs
from explorer.model.missing import Missing, Reason, Unreadable
from tests.fakeproc import FakeProc

PROC = Procfs()


def test_where_ours_lead() -> None:
    read, write = os.pipe()
    try:
        found = dict(links(PROC, os.getpid()))
        assert found[read] == found[write] == os.readlink(f"/proc/self/fd/{read}")
        assert access(PROC, os.getpid(), read) == "r"
        assert access(PROC, os.getpid(), write) == "w"
    finally:
        os.close(read)
        os.close(write)
    assert access(PROC, os.getpid(), 1 << 20) == ""


def test_a_process_that_is_not_there() -> None:
    with pytest.raises(Unreadable) as refused:
        links(PROC, 1 << 30)
    assert refused.value.missing.reason is Reason.GONE


def test_what_is_said_of_each_is_what_the_files_say() -> None:
    read, write = os.pipe()
    try:
        found = dict(said(PROC, os.getpid(), (read, write, 1 << 20)))
        assert set(found) == {read, write}
        for number in (read, write):
            assert found[number].link == os.readlink(b"/proc/self/fd/%d" % number)
            assert found[number].info == PROC.read("self", "fdinfo", number)
    finally:
        os.close(read)
        os.close(write)


def test_an_fdinfo_of_many_lines_is_whole() -> None:
    epoll = select.epoll()
    held = [os.eventfd(0) for _ in range(200)]
    try:
        for number in held:
            epoll.register(number, select.EPOLLIN)
        info = dict(said(PROC, os.getpid(), [epoll.fileno()]))[epoll.fileno()].info
        assert isinstance(info, bytes)
        assert len(info) > USUAL
        assert info.count(b"tfd:") == len(held)
    finally:
        epoll.close()
        for number in held:
            os.close(number)


def test_of_a_process_that_is_not_there_nothing_is_said() -> None:
    assert list(said(PROC, 1 << 30, [0, 1])) == []


def test_what_cannot_be_read_is_said_of_that_one(fakeproc: FakeProc) -> None:
    fakeproc.fd(7, 1, "pipe:[1]", "pos:\t0\n")
    fakeproc.link("7/fd/2", "socket:[5]")
    (fakeproc.root / "7/fdinfo/2").mkdir()
    found = dict(said(fakeproc.system.proc, 7, [1, 2, 3]))
    assert found[1] == (b"pipe:[1]", b"pos:\t0\n")
    assert isinstance(found[2].info, Missing)
    assert list(found) == [1, 2]


def test_where_all_is_denied_it_is_not_asked_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def denied(path: object, *_: object, **__: object) -> int:
        asked.append(path)
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(os, "readlink", denied)
    monkeypatch.setattr(os, "open", denied)
    found = dict(said(PROC, 1, range(100)))
    assert len(found) == 100
    assert all(isinstance(answer.link, Missing) and answer.link.reason is Reason.DENIED for answer in found.values())
    assert len(asked) <= 4
