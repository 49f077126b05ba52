"""decode/fd/io_uring.py"""

from explorer.decode.fd import decode_fd
from explorer.decode.fd.io_uring import IoUring
from explorer.model.missing import Missing

NEW = b"""SqMask:\t0x7
SqHead:\t0
SqTail:\t3
CqMask:\t0xf
CqHead:\t0
CqTail:\t0
SQEs:\t3
    0: opcode:READ, fd:1
CQEs:\t0
SqThread:\t-1
UserFiles:\t3
    0: /tmp/x
    1: pipe:[67984]
UserBufs:\t1
    0: 0x55a4b50a3930/4096
PollList:
  op=6, task_works=0
CqOverflowList:
  user_data=1, res=0, flags=0
"""


def decoded(text: bytes) -> IoUring:
    fd = decode_fd(3, "anon_inode:[io_uring]", text)
    assert isinstance(fd, IoUring)
    return fd


def test_rings_and_what_is_registered() -> None:
    fd = decoded(NEW)
    assert (fd.sq_entries, fd.cq_entries, fd.sqes, fd.cqes, fd.thread) == (8, 16, 3, 0, -1)
    assert (fd.file_slots, fd.files) == (3, (("0", "/tmp/x"), ("1", "pipe:[67984]")))
    assert (fd.buffer_slots, fd.buffers, fd.polls) == (1, (("0", "0x55a4b50a3930/4096"),), 1)


def test_older_kernels_have_indices_that_wrap() -> None:
    fd = decoded(b"SqHead:\t4294967295\nSqTail:\t1\nCqHead:\t0\nCqTail:\t2\n")
    assert (fd.sqes, fd.cqes) == (2, 2)
    assert isinstance(fd.sq_entries, Missing)
