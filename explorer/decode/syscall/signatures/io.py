"""Reading, writing and moving along descriptors."""

from typing import Final

from explorer.decode.constants.fcntl import FLOCK as FLOCK_OPS
from explorer.decode.constants.misc_calls import CLOSE_RANGE, FADVISE, FALLOC, RWF, SPLICE, SYNC_RANGE
from explorer.decode.constants.seek import NAMES as SEEK
from explorer.decode.syscall.args.array import Numbers, one
from explorer.decode.syscall.args.dirents import Entries
from explorer.decode.syscall.args.fcntl import ARGUMENT, COMMAND, RESULT
from explorer.decode.syscall.args.fd import FD
from explorer.decode.syscall.args.flags import Choice, Flags
from explorer.decode.syscall.args.iovec import Vector
from explorer.decode.syscall.args.number import LOFF, LONG, SIZE, UINT
from explorer.decode.syscall.args.open import DESCRIPTOR_FLAGS
from explorer.decode.syscall.args.out import Changed, Out
from explorer.decode.syscall.args.text import Received, Sent
from explorer.decode.syscall.call import Signature, Wide, row

OFFSET = Wide(LOFF)
PAIR = Wide(LOFF, always=True)
WHENCE = Choice(SEEK, "SEEK")
MOVED = one("q", LOFF)
SPLICES = Flags(SPLICE, "SPLICE_F")
RW = Flags(RWF, "RWF")
ENDS = Out(Numbers("i", FD, 2))

ROWS: Final[dict[str, Signature]] = {
    "read": row("read from a descriptor", fd=FD, buf=Received(), count=SIZE),
    "write": row("write to a descriptor", fd=FD, buf=Sent("count"), count=SIZE),
    "pread64": row("read at an offset", fd=FD, buf=Received(), count=SIZE, offset=OFFSET),
    "pwrite64": row("write at an offset", fd=FD, buf=Sent("count"), count=SIZE, offset=OFFSET),
    "readv": row("read into several buffers", fd=FD, iov=Vector("iovcnt", received=True), iovcnt=SIZE),
    "writev": row("write several buffers", fd=FD, iov=Vector("iovcnt"), iovcnt=SIZE),
    "preadv": row("read into several buffers at an offset", fd=FD, iov=Vector("iovcnt", received=True), iovcnt=SIZE, offset=PAIR),
    "pwritev": row("write several buffers at an offset", fd=FD, iov=Vector("iovcnt"), iovcnt=SIZE, offset=PAIR),
    "preadv2": row(
        "read into several buffers at an offset", fd=FD, iov=Vector("iovcnt", received=True), iovcnt=SIZE, offset=PAIR, flags=RW
    ),
    "pwritev2": row("write several buffers at an offset", fd=FD, iov=Vector("iovcnt"), iovcnt=SIZE, offset=PAIR, flags=RW),
    "lseek": row("move in a file", fd=FD, offset=LONG, whence=WHENCE),
    "_llseek": row("move in a file", fd=FD, offset=Wide(LOFF, high_first=True), result=Out(one("q", LOFF)), whence=WHENCE),
    "close": row("close a descriptor", fd=FD),
    "close_range": row("close a range of descriptors", first=UINT, last=UINT, flags=Flags(CLOSE_RANGE, "CLOSE_RANGE")),
    "dup": row("duplicate a descriptor", FD, oldfd=FD),
    "dup2": row("duplicate a descriptor to a number", FD, oldfd=FD, newfd=FD),
    "dup3": row("duplicate a descriptor to a number", FD, oldfd=FD, newfd=FD, flags=DESCRIPTOR_FLAGS),
    "pipe": row("make a pipe", pipefd=ENDS),
    "pipe2": row("make a pipe", pipefd=ENDS, flags=DESCRIPTOR_FLAGS),
    "fcntl": row("ask or change a descriptor", RESULT, fd=FD, cmd=COMMAND, arg=ARGUMENT),
    "fcntl64": row("ask or change a descriptor", RESULT, fd=FD, cmd=COMMAND, arg=ARGUMENT),
    "flock": row("lock a file", fd=FD, operation=Flags(FLOCK_OPS, "LOCK")),
    "fsync": row("write a file's data and metadata to disk", fd=FD),
    "fdatasync": row("write a file's data to disk", fd=FD),
    "syncfs": row("write a file system's data to disk", fd=FD),
    "sync": row("write all file systems to disk"),
    "sync_file_range": row("write part of a file to disk", fd=FD, offset=OFFSET, nbytes=OFFSET, flags=Flags(SYNC_RANGE, "SYNC_FILE_RANGE")),
    "ftruncate": row("cut or extend a file", fd=FD, length=SIZE),
    "ftruncate64": row("cut or extend a file", fd=FD, length=OFFSET),
    "fallocate": row("allocate or free space of a file", fd=FD, mode=Flags(FALLOC, "FALLOC_FL"), offset=OFFSET, len=OFFSET),
    "fadvise64": row("say how a file will be read", fd=FD, offset=OFFSET, len=LONG, advice=Choice(FADVISE, "POSIX_FADV")),
    "fadvise64_64": row("say how a file will be read", fd=FD, offset=OFFSET, len=OFFSET, advice=Choice(FADVISE, "POSIX_FADV")),
    "readahead": row("read a file into the page cache", fd=FD, offset=OFFSET, count=SIZE),
    "sendfile": row("copy from a file to a descriptor", out_fd=FD, in_fd=FD, offset=Changed(one("l", LONG), apart=True), count=SIZE),
    "sendfile64": row("copy from a file to a descriptor", out_fd=FD, in_fd=FD, offset=Changed(MOVED, apart=True), count=SIZE),
    "splice": row("move data between a pipe and a descriptor", fd_in=FD, off_in=MOVED, fd_out=FD, off_out=MOVED, len=SIZE, flags=SPLICES),
    "tee": row("duplicate a pipe's content", fd_in=FD, fd_out=FD, len=SIZE, flags=SPLICES),
    "vmsplice": row("put memory into a pipe", fd=FD, iov=Vector("nr_segs"), nr_segs=SIZE, flags=SPLICES),
    "copy_file_range": row("copy between files", fd_in=FD, off_in=MOVED, fd_out=FD, off_out=MOVED, len=SIZE, flags=UINT),
    "getdents": row("read a folder", fd=FD, dirp=Entries(), count=SIZE),
    "getdents64": row("read a folder", fd=FD, dirp=Entries(16), count=SIZE),
}
