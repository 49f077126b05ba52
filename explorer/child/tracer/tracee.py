"""What is known of a traced thread, and of the call that it is in."""

import os
from typing import Final

from explorer.decode.syscall.reach import Reach
from explorer.model.batch import ARCHES
from explorer.trace.payload import WHOLE

RESTART_SYSCALL: Final = {0: 219, 1: 0, 2: 219, 3: 128, 4: 0}
"""Its number by place in ARCHES: what the kernel calls to go on with a call that it interrupted."""
ENDS: Final = ({60, 231}, {1, 252}, {60, 231}, {93, 94}, {1, 248})
"""exit and exit_group: they never return."""
EXECS: Final = ({59, 322}, {11, 358}, {520, 545}, {221, 281}, {11, 387})
"""execve and execveat"""
X32_BIT: Final = 0x40000000


NO_NAMES: Final[dict[int, bytes]] = {}
NO_PIECES: Final[list[tuple[int, bytes]]] = []
"""Of a call of which nothing was taken: shared by all those, and never written to."""


class Flight:
    """A call that a thread is in. args: six registers. time: ns. restarts: how it was interrupted by us, to be gone on with.

    reach: what of it is to be taken at its end; None where only decoding tells. string: bytes of a buffer that are taken at most.
    """

    __slots__ = ("arch", "args", "fds", "number", "over", "pieces", "reach", "restarts", "string", "tid", "time")

    def __init__(self, tid: int, number: int, arch: int, args: tuple[int, ...], time: int) -> None:
        self.tid = tid
        self.number = number
        self.arch = arch
        self.args = args
        self.time = time
        self.fds = NO_NAMES
        self.pieces = NO_PIECES
        self.reach: Reach | None = None
        self.string = WHOLE
        self.over = False
        self.restarts = 0

    def goes_on(self, number: int, args: tuple[int, ...]) -> bool:
        """Whether a call that begins now is this one, gone on with."""
        return (number & ~X32_BIT) == RESTART_SYSCALL[self.arch] or (number == self.number and args == self.args)


def place(arch: int, number: int) -> int:
    """The place in ARCHES: x86_64 numbers with bit 30 are x32 calls."""
    return 2 if arch == 0 and number & X32_BIT else arch


def process_of(tid: int) -> int:
    """Whose thread it is: the pid; 0 where it is gone."""
    return field(tid, b"Tgid:")


def tracer_of(tid: int) -> int:
    """Who traces it: a thread of the tracer; 0 for nobody."""
    return field(tid, b"TracerPid:")


def field(tid: int, name: bytes) -> int:
    """A number of /proc/TID/status; 0 where it is gone."""
    raw = read(f"/proc/{tid}/status")
    _, found, rest = raw.partition(b"\n" + name)
    return int(rest.split(None, 1)[0]) if found else 0


def read(path: str) -> bytes:
    """A small file of /proc; empty where it is gone or closed to us."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        return os.read(fd, 1 << 14)
    except OSError:
        return b""
    finally:
        os.close(fd)


def start_of(pid: int) -> int:
    """Field 22 of its stat: when it started; -1 where it is gone."""
    words = read(f"/proc/{pid}/stat").rpartition(b")")[2].split()
    return int(words[19]) if len(words) > 19 else -1


def state_of(tid: int) -> str:
    """Field 3 of its stat: R, S, D, T, Z …; empty where it is gone."""
    words = read(f"/proc/{tid}/stat").rpartition(b")")[2].split()
    return words[0].decode() if words else ""


def sits_in(tid: int, arch: int) -> tuple[int, tuple[int, ...]] | None:
    """Number and arguments of the call that a thread waits in, without stopping it; None where it runs, or nobody tells."""
    words = read(f"/proc/{tid}/syscall").split()
    if len(words) != 9 or arch >= len(ARCHES):
        return None
    return int(words[0]), tuple(int(word, 16) for word in words[1:7])
