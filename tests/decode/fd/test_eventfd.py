"""decode/fd/eventfd.py"""

from explorer.decode.fd import decode_fd
from explorer.decode.fd.eventfd import EventFd
from explorer.model.missing import Missing


def test_count_is_hexadecimal_and_id_is_shared() -> None:
    text = b"pos:\t0\nflags:\t02\neventfd-count:               1f\neventfd-id: 12\neventfd-semaphore: 1\n"
    fd = decode_fd(3, "anon_inode:[eventfd]", text)
    assert isinstance(fd, EventFd)
    assert (fd.count, fd.id, fd.semaphore, fd.endpoint) == (31, 12, True, ("eventfd", 12))


def test_kernels_before_5_2_have_no_id() -> None:
    fd = decode_fd(3, "anon_inode:[eventfd]", b"eventfd-count: ffffffffffffffff\n")
    assert isinstance(fd, EventFd)
    assert fd.count == 2**64 - 1
    assert isinstance(fd.id, Missing)
    assert fd.endpoint is None
