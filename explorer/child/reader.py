"""Reads what may hang for ever: started by kernel/reader.py, which kills it when it does not answer.

Requests on standard input, answers on standard output, in order, both framed. Standard error's place (descriptor 2) is a
pipe that closes when our parent dies: then we end, even in the middle of a read.

request: op (1 byte), limit (8), offset (8), length of path (4), path      answer: errno (4), length (8), data
ops: r read, s stat (following links), l readlink, d listdir, v statvfs
"""

import _thread
import os
import struct
import sys

from explorer.kernel.frames import ANSWER, REQUEST, STAT


def exactly(fd: int, size: int) -> bytes:
    """Size bytes, or end the program where the input ends."""
    data = b""
    while len(data) < size:
        more = os.read(fd, size - len(data))
        if not more:
            os._exit(0)
        data += more
    return data


def read(path: bytes, limit: int, offset: int) -> bytes:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        data = b""
        while len(data) < limit:
            size = min(limit - len(data), 1 << 16)
            more = os.pread(fd, size, offset + len(data)) if offset else os.read(fd, size)
            if not more:
                break
            data += more
        return data
    finally:
        os.close(fd)


def answer(op: bytes, path: bytes, limit: int, offset: int) -> bytes:
    if op == b"r":
        return read(path, limit, offset)
    if op == b"s":
        s = os.stat(path)
        return STAT.pack(
            s.st_dev, s.st_ino, s.st_mode, s.st_uid, s.st_gid, s.st_nlink, s.st_rdev, s.st_size, s.st_mtime_ns, s.st_blocks, s.st_blksize
        )
    if op == b"l":
        return os.readlink(path)
    if op == b"d":
        return b"\0".join(os.listdir(path))
    v = os.statvfs(path)
    return struct.pack("=QQQQ", v.f_frsize, v.f_blocks, v.f_bfree, v.f_bavail)


def serve() -> None:
    while True:
        op, limit, offset, length = REQUEST.unpack(exactly(0, REQUEST.size))
        path = exactly(0, length)
        try:
            error, data = 0, answer(op, path, limit, offset)
        except OSError as failure:
            error, data = failure.errno or 5, b""
        except (MemoryError, OverflowError, ValueError):
            error, data = 22, b""
        out = memoryview(ANSWER.pack(error, len(data)) + data)
        while out:
            out = out[os.write(1, out) :]


def end_with_parent() -> None:
    while os.read(2, 1):
        pass
    os._exit(0)


def main() -> None:
    """Serve until standard input ends, or the parent."""
    sys.stdin = sys.stdout = sys.stderr = None
    _thread.start_new_thread(end_with_parent, ())
    try:
        serve()
    except (OSError, KeyboardInterrupt):
        os._exit(0)


if __name__ == "__main__":
    main()
