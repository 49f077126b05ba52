"""Copies somebody's regular file into one of ours: started by kernel/copying.py, which hands over where to.

The file is opened once, at the beginning, and held: when its process ends meanwhile, even what was deleted is still there. Holes
stay holes. Descriptor 0 is the target, 1 is told how far it is, 2 closes when our parent dies: then we end.
"""

import _thread
import errno
import os
import sys
import time
from collections.abc import Callable
from typing import Final

from explorer.child.reader import end_with_parent
from explorer.child.regular import opened
from explorer.kernel.frames import COPIED

CHUNK: Final = 1 << 20
EVERY: Final = 0.1
"""Seconds between two words about how far it is."""
ROUNDS: Final = 2
"""So many times what was added meanwhile is copied too."""

Tell = Callable[[bytes, int, int, int], object]


def copy(source: int, target: int, tell: Tell) -> None:
    """All of source. tell: letter (r: it goes on, d: done), offset reached, size, bytes written.

    Raises OSError; ENOSPC before anything is written where it has no room.
    """
    file, room = os.fstat(source), os.fstatvfs(target)
    if min(file.st_size, file.st_blocks * 512) > room.f_bavail * room.f_frsize:
        raise OSError(errno.ENOSPC, "no room")
    offset = written = 0
    for _ in range(ROUNDS):
        size = os.fstat(source).st_size
        while offset < size:
            offset, end = data_at(source, offset, size)
            while offset < end:
                more = os.pread(source, min(CHUNK, end - offset), offset)
                if not more:  # it was made shorter meanwhile
                    size = end = offset
                    break
                put(target, more, offset)
                offset += len(more)
                written += len(more)
                tell(b"r", offset, size, written)
    os.ftruncate(target, offset)
    os.fsync(target)
    tell(b"d", offset, os.fstat(source).st_size, written)


def data_at(file: int, offset: int, size: int) -> tuple[int, int]:
    """Where from offset on the next bytes are that are no hole, and where they end; (size, size) where none are."""
    try:
        begin = os.lseek(file, offset, os.SEEK_DATA)
        return begin, max(begin, min(size, os.lseek(file, begin, os.SEEK_HOLE)))
    except OSError as error:
        # ENXIO: only a hole is left. Anything else: the file system does not know of holes.
        return (size, size) if error.errno == errno.ENXIO else (offset, size)


def put(file: int, data: bytes, offset: int) -> None:
    """All of it."""
    rest = memoryview(data)
    while rest:
        count = os.pwrite(file, rest, offset)
        rest, offset = rest[count:], offset + count


def main(path: bytes, identity: tuple[int, int]) -> None:
    """One copy."""
    sys.stdin = sys.stdout = sys.stderr = None
    _thread.start_new_thread(end_with_parent, ())
    last = [0.0, 0, 0]

    def tell(letter: bytes, offset: int, size: int, written: int) -> None:
        now = time.monotonic()
        last[1], last[2] = offset, written
        if letter == b"d" or now - last[0] >= EVERY:
            last[0] = now
            os.write(1, COPIED.pack(letter, 0, offset, size, written))

    try:
        copy(opened(path, identity), 0, tell)
    except OSError as error:
        os.write(1, COPIED.pack(b"e", error.errno or errno.EIO, int(last[1]), 0, int(last[2])))
    os._exit(0)
