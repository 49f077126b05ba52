"""/proc/locks: who holds which part of which file, and who waits for it."""

from dataclasses import dataclass

from explorer.decode.text import text


@dataclass(frozen=True, slots=True)
class FileLock:
    """A line. number: the holder's line and those that wait for it share one. type: FLOCK, POSIX, OFDLCK, LEASE, DELEG.

    pid: who asked for it, in our pid namespace; -1 for an OFDLCK, which belongs to an open file, 0 for one outside.
    device: (major, minor) of the file system. end: -1 to the end of the file. waits: asked for, not granted.
    """

    number: int
    type: str
    mode: str
    access: str
    pid: int
    device: tuple[int, int]
    inode: int
    start: int
    end: int
    waits: bool


def decode(raw: bytes) -> tuple[FileLock, ...]:
    """`1: -> POSIX  ADVISORY  WRITE 2194 fe:00:2165022 0 EOF`; other lines are passed over.

    Source: proc_locks(5), lock_get_status() of fs/locks.c.
    """
    return tuple(lock for line in text(raw).split("\n") if (lock := decode_line(line)))


def decode_line(line: str) -> FileLock | None:
    """One line."""
    head, _, rest = line.partition(":")
    words = rest.split()
    waits = words[:1] == ["->"]
    # An access of old mandatory locks may be two words; what counts stands at the end.
    words = words[1:] if waits else words
    if len(words) < 7:
        return None
    try:
        major, minor, inode = words[-3].split(":")
        end = -1 if words[-1] == "EOF" else int(words[-1])
        device = (int(major, 16), int(minor, 16))
        return FileLock(int(head), words[0], words[1], words[2], int(words[-4]), device, int(inode), int(words[-2]), end, waits)
    except ValueError:
        return None
