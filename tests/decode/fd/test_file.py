"""decode/fd/file.py"""

from stat import S_IFLNK, S_IFSOCK

from explorer.decode.fd import decode_fd
from explorer.decode.fd.file import File
from explorer.decode.fd.raw import Stat
from explorer.model.missing import Missing, Reason


def test_what_only_o_path_can_hold() -> None:
    link = decode_fd(3, "/proc/self/exe", b"flags:\t012400000\n", Stat(1, 2, S_IFLNK, 1, 0, 0))
    assert isinstance(link, File)
    assert (link.type, link.access) == ("symlink", "")
    assert link.flag_names == ("O_NOFOLLOW", "O_CLOEXEC", "O_PATH")
    name = decode_fd(3, "/run/x.sock", b"flags:\t010000000\n", Stat(1, 2, S_IFSOCK, 1, 0, 0))
    assert isinstance(name, File)
    assert name.type == "socket"


def test_a_type_that_is_not_known_is_not_guessed() -> None:
    fd = decode_fd(3, "/mnt/x", b"flags:\t0\n", Missing(Reason.TIMED_OUT, "did not answer"))
    assert isinstance(fd, File)
    assert fd.type == ""
