"""decode/fd/regular.py"""

from stat import S_IFREG

from explorer.decode.fd import decode_fd
from explorer.decode.fd.raw import Stat
from explorer.decode.fd.regular import Regular


def test_case_41_size_and_position_together() -> None:
    fd = decode_fd(3, "/tmp/x", b"pos:\t4096\nflags:\t0100000\nmnt_id:\t27\nino:\t9\n", Stat(1, 9, S_IFREG, 1, 0, 10_000, "ext4", "/"))
    assert isinstance(fd, Regular)
    assert (fd.size, fd.position, fd.access, fd.fstype, fd.mount) == (10_000, 4096, "r", "ext4", "/")
