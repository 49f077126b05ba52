"""decode/fd/userfaultfd.py"""

from explorer.decode.fd import decode_fd
from explorer.decode.fd.userfaultfd import UserFaultFd


def test_faults() -> None:
    fd = decode_fd(3, "anon_inode:[userfaultfd]", b"pending:\t1\ntotal:\t2\nAPI:\taa:0:80000000000001ff\n")
    assert isinstance(fd, UserFaultFd)
    assert (fd.pending, fd.total, fd.api, fd.features) == (1, 2, "aa:0:80000000000001ff", ())


def test_what_the_program_asked_for() -> None:
    fd = decode_fd(3, "anon_inode:[userfaultfd]", b"pending:\t0\ntotal:\t0\nAPI:\taa:80000081:ff\n")
    assert isinstance(fd, UserFaultFd)
    assert fd.features == ("PAGEFAULT_FLAG_WP", "SIGBUS")
    odd = decode_fd(3, "anon_inode:[userfaultfd]", b"API:\tx:y\n")
    assert isinstance(odd, UserFaultFd)
    assert odd.features == ()
