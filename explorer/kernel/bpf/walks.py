"""Walks over all processes and all open files of the machine, in the kernel: the iterators of files.bpf.c."""

import os
import struct
from collections.abc import Iterator
from types import TracebackType
from typing import Final, Self

from explorer.kernel.bpf.compiled import compiled
from explorer.kernel.bpf.object import Object
from explorer.kernel.bpf.support import FIRST_PID, PID, namespace, rights, types
from explorer.model.missing import Missing, Reason, Unreadable

HERE: Final = struct.Struct("=II")
"""struct here."""
PATHS: Final = (5, 12)
"""Linux whose iterators may ask for paths."""


class Walks:
    """Loaded when made, takes some 50 ms; nothing runs but while somebody reads a walk. Raises Unreadable.

    root: the /proc whose pids are wanted.
    has_paths: whether files() tells names of what has a path. has_ino: whether fdinfo has inodes here.
    """

    def __init__(self, root: str = "/proc") -> None:
        rights()
        types()
        own = namespace(PID)
        numbers = os.uname().release.split("-")[0].split(".")[:2]
        self.has_paths = tuple(int(part) for part in numbers if part.isdigit()) >= PATHS
        self.has_ino = has_ino()
        if not shows_us(root):
            raise Unreadable(
                Missing(Reason.UNSUPPORTED, f"{root} is of another pid namespace than procdive", "mount the /proc of this one")
            )
        here = HERE.pack(0 if own in {FIRST_PID, 0} else own, self.has_paths)
        self._object = Object(compiled("files"), constants=here)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def processes(self) -> Iterator[bytes]:
        """Chunks of struct process, by pid. Raises Unreadable."""
        return self._object.walk("processes")

    def ends(self) -> Iterator[bytes]:
        """Chunks of struct end: sockets, pipes, fifos and eventfds. Raises Unreadable."""
        return self._object.walk("ends")

    def files(self) -> Iterator[bytes]:
        """Chunks of struct row, by pid and descriptor. Raises Unreadable."""
        return self._object.walk("files")

    def close(self) -> None:
        """Drop the programs; any number of times."""
        self._object.close()


def has_ino() -> bool:
    """Whether fdinfo has a line ino (Linux 5.14): asked of a file of our own."""
    fd = os.open("/proc/self", os.O_PATH | os.O_CLOEXEC)
    try:
        with open(f"/proc/self/fdinfo/{fd}", "rb") as file:
            return b"\nino:" in file.read()
    except OSError:
        return True
    finally:
        os.close(fd)


def shows_us(root: str) -> bool:
    """Whether that /proc has the pids that our system calls have."""
    try:
        return os.readlink(f"{root}/self") == str(os.getpid())
    except OSError:
        return False
