"""decode/fd/memory.py"""

from stat import S_IFREG

import pytest

from explorer.decode.fd import decode_fd
from explorer.decode.fd.memory import MemoryFd
from explorer.decode.fd.raw import Stat


@pytest.mark.parametrize(
    ("link", "sort", "name"),
    [
        ("/secretmem (deleted)", "secretmem", ""),
        ("/SYSV0000beef (deleted)", "sysv", "0000beef"),
        ("/dmabuf:camera", "dmabuf", "camera"),
        ("/anon_hugepage (deleted)", "hugepages", ""),
        ("/[aio] (deleted)", "aio", ""),
    ],
)
def test_by_its_name(link: str, sort: str, name: str) -> None:
    fd = decode_fd(3, link, b"pos:\t0\nflags:\t02\nsize:\t4096\n")
    assert isinstance(fd, MemoryFd)
    assert (fd.sort, fd.name, fd.says) == (sort, name, (("size", "4096"),))


def test_how_large_it_is() -> None:
    buffer = decode_fd(3, "/dmabuf:camera", b"size:\t4096\ncount:\t2\nexp_name:\tsystem\n")
    assert isinstance(buffer, MemoryFd)
    assert buffer.size == 4096
    segment = decode_fd(3, "/SYSV0000beef (deleted)", b"", Stat(1, 2, S_IFREG, 0, 0, 8192))
    assert isinstance(segment, MemoryFd)
    assert segment.size == 8192


def test_a_file_of_such_a_name_is_a_file() -> None:
    assert decode_fd(3, "/secretmem", b"", Stat(1, 2, S_IFREG, 1, 0, 0)).kind == "regular"
