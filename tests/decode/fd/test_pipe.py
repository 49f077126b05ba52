"""decode/fd/pipe.py"""

from stat import S_IFIFO

import pytest

from explorer.decode.fd import decode_fd
from explorer.decode.fd.pipe import Fifo, Pipe, bracketed
from explorer.decode.fd.raw import Stat


def test_both_ends_of_a_pipe_are_one_inode() -> None:
    fd = decode_fd(3, "pipe:[336961]", b"pos:\t0\nflags:\t01\n")
    assert isinstance(fd, Pipe)
    assert (fd.inode, fd.access, fd.endpoint, fd.other_end) == (336961, "w", ("pipe", 336961), ("pipe", 336961))


def test_a_fifo_has_a_name() -> None:
    fd = decode_fd(3, "/run/x.fifo", b"pos:\t0\nflags:\t0\n", Stat(1, 2, S_IFIFO, 1, 0, 0))
    assert isinstance(fd, Fifo)
    assert (fd.path, fd.endpoint, fd.kind) == ("/run/x.fifo", ("fifo", "/run/x.fifo"), "fifo")


@pytest.mark.parametrize(("link", "inode"), [("pipe:[7]", 7), ("pipe:[", 0), ("pipe:[x]", 0), ("pipe:[7", 7), ("", 0)])
def test_inodes_in_brackets(link: str, inode: int) -> None:
    assert bracketed(link) == inode
