"""render/fd_events.py"""

from dataclasses import replace

import pytest

from explorer.decode.fd import decode_fd
from explorer.decode.fd.eventpoll import EventPoll, Watch
from explorer.decode.fd.inotify import Inotify
from explorer.model.endpoints import Holder
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason
from explorer.render.fd_cells import cells
from explorer.render.piece import plain


def shown(fd: Fd) -> tuple[str, str, str]:
    found = cells(fd)
    return found.kind, plain(found.target[0]), plain(found.detail[0]) if found.detail else ""


@pytest.mark.parametrize(
    ("link", "text", "target", "detail"),
    [
        ("anon_inode:[eventfd]", "eventfd-count: f\neventfd-id: 1\neventfd-semaphore: 1\n", "count 15  semaphore", ""),
        ("anon_inode:[eventfd]", "", "unsupported", ""),
        ("anon_inode:[timerfd]", "clockid: 1\nticks: 0\nit_value: (2, 700000000)\nit_interval: (0, 0)\n", "due in 2.7 s", "MONOTONIC"),
        (
            "anon_inode:[timerfd]",
            "clockid: 0\nticks: 3\nit_value: (1, 0)\nit_interval: (5, 0)\n",
            "due in 1.0 s, every 5.0 s",
            "3 unread  REALTIME",
        ),
        ("anon_inode:[timerfd]", "clockid: 0\nticks: 0\nit_value: (0, 0)\nit_interval: (0, 0)\n", "not armed", "REALTIME"),
        ("anon_inode:[signalfd]", "sigmask:\t8000000400000002\n", "INT RTMIN+1 RTMAX", ""),
        ("anon_inode:[signalfd]", "sigmask:\t0\n", "no signals", ""),
        ("anon_inode:[pidfd]", "Pid:\t12\nNSpid:\t12\t3\n", "12", "pid 3 in its namespace"),
        ("anon_inode:[pidfd]", "Pid:\t-1\nNSpid:\t-1\n", "process has ended", ""),
        ("anon_inode:[pidfd]", "Pid:\t0\nNSpid:\t0\n", "process of another pid namespace", ""),
        ("anon_inode:[userfaultfd]", "pending:\t1\ntotal:\t2\n", "pending 1 total 2", ""),
        ("anon_inode:[eventpoll]", "", "watches nothing", ""),
        ("anon_inode:inotify", "", "watches nothing", ""),
    ],
)
def test_words(link: str, text: str, target: str, detail: str) -> None:
    assert shown(decode_fd(3, link, text.encode()))[1:] == (target, detail)


def test_an_eventfd_and_its_partner() -> None:
    fd = decode_fd(3, "anon_inode:[eventfd]", b"eventfd-count: 0\neventfd-id: 1\n")
    assert shown(replace(fd, others=(Holder(9, 3, "qemu"),)))[1:] == ("count 0", "with qemu 9")


def test_case_41_watched_numbers_and_closed_ones() -> None:
    fd = decode_fd(3, "anon_inode:[eventpoll]", b"")
    assert isinstance(fd, EventPoll)
    watches = (Watch(6, 1, ()), Watch(9, 1, (), closed=True))
    assert shown(replace(fd, watches=watches)) == ("eventpoll", "watches 6 9!", "1 of them closed (!)")
    many = tuple(Watch(number, 1, ()) for number in range(100, 120))
    assert shown(replace(fd, watches=many))[2] == "20 watched"


def test_watched_paths() -> None:
    fd = decode_fd(
        3, "anon_inode:inotify", b"inotify wd:1 ino:2 sdev:f mask:3 ignored_mask:0\ninotify wd:2 ino:3 sdev:f mask:3 ignored_mask:0\n"
    )
    assert isinstance(fd, Inotify)
    first, second = fd.watches
    paths = (replace(first, path="/srv"), replace(second, path=Missing(Reason.UNSUPPORTED, "inode 3 on /mnt")))
    assert shown(replace(fd, watches=paths)) == ("inotify", "watches /srv inode 3 on /mnt", "2 watched")
