"""decode/fd/memfd.py"""

from stat import S_IFREG

from explorer.decode.fd import decode_fd
from explorer.decode.fd.memfd import MemFd
from explorer.decode.fd.raw import Stat
from explorer.model.missing import Missing


def test_every_memfd_is_called_deleted_and_its_name_may_be_too() -> None:
    fd = decode_fd(3, "/memfd:jit (deleted) (deleted)", b"pos:\t0\nflags:\t02\n", Stat(1, 2, S_IFREG, 0, 0, 4096))
    assert isinstance(fd, MemFd)
    assert (fd.name, fd.size, fd.note) == ("jit (deleted)", 4096, "memfd:jit (deleted)")


def test_without_stat_its_size_is_not_known() -> None:
    fd = decode_fd(3, "/memfd: (deleted)", b"")
    assert isinstance(fd, MemFd)
    assert fd.name == ""
    assert isinstance(fd.size, Missing)
