"""decode/fd/pidfd.py"""

import pytest

from explorer.decode.fd import decode_fd
from explorer.decode.fd.pidfd import PidFd


@pytest.mark.parametrize("link", ["anon_inode:[pidfd]", "pidfd:[34661]"])
def test_the_process(link: str) -> None:
    fd = decode_fd(3, link, b"pos:\t0\nflags:\t02\nPid:\t2194\nNSpid:\t2194\t7\n")
    assert isinstance(fd, PidFd)
    assert (fd.pid, fd.ns_pids, fd.note) == (2194, (2194, 7), "pidfd 2194")


def test_one_that_has_ended() -> None:
    fd = decode_fd(3, "anon_inode:[pidfd]", b"Pid:\t-1\nNSpid:\t-1\n")
    assert isinstance(fd, PidFd)
    assert (fd.pid, fd.note) == (-1, "pidfd of an ended process")
