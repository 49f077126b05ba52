"""What child/reader.py can be asked of somebody's descriptor beside stat; loaded with the first such question."""

import ctypes
import errno
import fcntl
import os
import struct
from typing import Final

from explorer.kernel.frames import STAT

F_GET_SEALS: Final = 1034
MQUEUE_MAGIC: Final = 0x19800202
HANDLE_TYPE: Final = struct.Struct("=i")
LIBC: Final = ctypes.CDLL(None, use_errno=True)


def protocol(path: bytes) -> bytes:
    """The name of a socket's protocol, as in /proc/net/protocols (net/socket.c). Raises OSError."""
    return os.getxattr(path, "system.sockprotoname").rstrip(b"\0")


def seals(path: bytes) -> bytes:
    """F_GET_SEALS of a memfd, in decimal. Raises OSError.

    Held by O_PATH first: the number may mean another file by now, and opening that could do something.
    """
    held = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        ours = b"/proc/self/fd/%d" % held
        if not os.readlink(ours).startswith(b"/memfd:"):
            raise OSError(errno.ESTALE, "another file by now")
        file = os.open(ours, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            return b"%d" % fcntl.fcntl(file, F_GET_SEALS)
        finally:
            os.close(file)
    finally:
        os.close(held)


def magic(path: bytes) -> bytes:
    """The f_type of statfs(2), in decimal. Raises OSError."""
    buffer = ctypes.create_string_buffer(256)
    if LIBC.statfs(path, buffer):
        raise OSError(ctypes.get_errno(), "statfs")
    return b"%d" % ctypes.c_long.from_buffer(buffer).value


def queue(path: bytes) -> bytes:
    """What a POSIX message queue says of itself when it is read, which takes no message out of it. Raises OSError.

    Held by O_PATH first, as in seals().
    """
    held = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        ours = b"/proc/self/fd/%d" % held
        if magic(ours) != b"%d" % MQUEUE_MAGIC:
            raise OSError(errno.ESTALE, "another file by now")
        file = os.open(ours, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            return os.read(file, 4096)
        finally:
            os.close(file)
    finally:
        os.close(held)


def by_handle(question: bytes) -> bytes:
    """The path of a file by its handle: open_by_handle_at(2), which needs CAP_DAC_READ_SEARCH. Raises OSError.

    question: a directory on the same file system, NUL, the handle's type (4 bytes) and bytes. Held by O_PATH, so nothing
    is opened. A file whose name the kernel has forgotten has a path that leads elsewhere or nowhere: ENOENT.
    """
    directory, _, handle = question.partition(b"\0")
    mount = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        size = len(handle) - HANDLE_TYPE.size
        if size <= 0:
            raise OSError(errno.EINVAL, "no handle")
        buffer = ctypes.create_string_buffer(struct.pack("=I", size) + handle)
        held = LIBC.open_by_handle_at(mount, buffer, os.O_PATH | os.O_CLOEXEC)
        if held < 0:
            raise OSError(ctypes.get_errno(), "open_by_handle_at")
    finally:
        os.close(mount)
    try:
        path = os.readlink(b"/proc/self/fd/%d" % held)
        found, file = os.stat(path), os.fstat(held)
        if (found.st_dev, found.st_ino) != (file.st_dev, file.st_ino):
            raise OSError(errno.ENOENT, "its name is not known")
        return path
    finally:
        os.close(held)


def located(path: bytes) -> bytes:
    """stat(2), fdinfo, NUL, path without links of what a path leads to. Raises OSError. Held by O_PATH, so nothing is opened."""
    held = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        s = os.fstat(held)
        stat = STAT.pack(
            s.st_dev, s.st_ino, s.st_mode, s.st_uid, s.st_gid, s.st_nlink, s.st_rdev, s.st_size, s.st_mtime_ns, s.st_blocks, s.st_blksize
        )
        with open(b"/proc/self/fdinfo/%d" % held, "rb") as info:
            return stat + info.read() + b"\0" + os.readlink(b"/proc/self/fd/%d" % held)
    finally:
        os.close(held)


OPS: Final = {b"x": protocol, b"m": seals, b"f": magic, b"h": by_handle, b"q": queue, b"i": located}
