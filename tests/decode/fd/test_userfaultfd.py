"""decode/fd/userfaultfd.py"""

from explorer.decode.fd import decode_fd
from explorer.decode.fd.userfaultfd import UserFaultFd


def test_faults() -> None:
    fd = decode_fd(3, "anon_inode:[userfaultfd]", b"pending:\t1\ntotal:\t2\nAPI:\taa:0:80000000000001ff\n")
    assert isinstance(fd, UserFaultFd)
    assert (fd.pending, fd.total, fd.api) == (1, 2, "aa:0:80000000000001ff")
