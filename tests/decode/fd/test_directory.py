"""decode/fd/directory.py"""

from stat import S_IFDIR

from explorer.decode.fd import decode_fd
from explorer.decode.fd.directory import Directory
from explorer.decode.fd.raw import Stat


def test_a_directory() -> None:
    fd = decode_fd(3, "/srv", b"pos:\t0\nflags:\t0200000\n", Stat(1, 2, S_IFDIR, 3, 0, 4096))
    assert isinstance(fd, Directory)
    assert fd.path == "/srv"
    assert fd.flag_names == ("O_RDONLY", "O_DIRECTORY")
