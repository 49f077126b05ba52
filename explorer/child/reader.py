"""Reads what may hang for ever: started by kernel/reader.py, which kills it when it does not answer.

Requests on standard input, answers on standard output, in order, both framed. Standard error's place (descriptor 2) is a
pipe that closes when our parent dies: then we end, even in the middle of a read.

request: op (1 byte), limit (8), offset (8), length of path (4), path      answer: errno (4), length (8), data
ops: r read, s stat (following links), S stat of a link itself, l readlink, d listdir, v statvfs, u name of a uid, g of a
     gid; of descriptors.py: x protocol of a socket, m seals of a memfd, f type of a file system, h path of a file handle,
     q state of a message queue, i where a path leads;
     of regular.py: p a piece of a regular file, n how many lines are in one
"""

import _thread
import os
import struct
import sys

from explorer.kernel.frames import ANSWER, REQUEST, STAT


def exactly(fd: int, size: int) -> bytes:
    """Size bytes, or end the program where the input ends."""
    chunks = []
    while size:
        more = os.read(fd, min(size, 1 << 20))
        if not more:
            os._exit(0)
        chunks.append(more)
        size -= len(more)
    return b"".join(chunks)


def read(path: bytes, limit: int, offset: int) -> bytes:
    """At most limit bytes from offset, fewer where an error stops it on the way.

    O_NONBLOCK and O_NOCTTY: a fifo or terminal of somebody else must not hold or adopt us.
    """
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        chunks: list[bytes] = []
        got = 0
        while got < limit:
            size = min(limit - got, 1 << 16)
            try:
                more = os.pread(fd, size, offset + got) if offset else os.read(fd, size)
            except OSError:
                if chunks:
                    break
                raise
            if not more:
                break
            chunks.append(more)
            got += len(more)
        return b"".join(chunks)
    finally:
        os.close(fd)


def answer(op: bytes, path: bytes, limit: int, offset: int) -> bytes:
    """The data of one answer. Raises OSError."""
    if op == b"r":
        return read(path, limit, offset)
    if op in {b"s", b"S"}:
        s = os.stat(path, follow_symlinks=op == b"s")
        return STAT.pack(
            s.st_dev, s.st_ino, s.st_mode, s.st_uid, s.st_gid, s.st_nlink, s.st_rdev, s.st_size, s.st_mtime_ns, s.st_blocks, s.st_blksize
        )
    if op == b"l":
        return os.readlink(path)
    if op == b"d":
        return b"\0".join(os.listdir(path))
    if op in {b"x", b"m", b"f", b"h", b"q", b"i"}:
        from explorer.child.descriptors import OPS

        return OPS[op](path)
    if op in {b"p", b"n"}:
        from explorer.child import regular

        return regular.OPS[op](path, limit, offset)
    if op == b"u":
        return user(int(path))
    if op == b"g":
        return group(int(path))
    v = os.statvfs(path)
    return struct.pack("=QQQQ", v.f_frsize, v.f_blocks, v.f_bfree, v.f_bavail)


def user(uid: int) -> bytes:
    """The name of a user by getpwuid(3), which may ask a server. Raises OSError where there is none."""
    import pwd

    try:
        return os.fsencode(pwd.getpwuid(uid).pw_name)
    except KeyError:
        raise OSError(2, "no such user") from None


def group(gid: int) -> bytes:
    """The name of a group by getgrgid(3), likewise."""
    import grp

    try:
        return os.fsencode(grp.getgrgid(gid).gr_name)
    except KeyError:
        raise OSError(2, "no such group") from None


def serve() -> None:
    """Answer until standard input ends."""
    while True:
        op, limit, offset, length = REQUEST.unpack(exactly(0, REQUEST.size))
        path = exactly(0, length)
        try:
            error, data = 0, answer(op, path, limit, offset)
        except OSError as failure:
            error, data = failure.errno or 5, b""
        except (MemoryError, OverflowError, ValueError, struct.error):
            error, data = 22, b""
        out = memoryview(ANSWER.pack(error, len(data)) + data)
        while out:
            out = out[os.write(1, out) :]


def end_with_parent() -> None:
    """End the program when nobody holds the other end of descriptor 2 any more."""
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
