"""A process that holds so many descriptors of mixed kinds, as a busy server does: `with FilesHolder(10_000) as it:`.

Run as a program with a number it says how many it has, and ends when its standard input does.
"""

import os
import resource
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Self

SPARE = 64
FILES = 16


class FilesHolder:
    """pid, count: of the program, as many as were asked for or the limits of this machine allow."""

    def __init__(self, count: int) -> None:
        self.wanted = count

    def __enter__(self) -> Self:
        argv = [sys.executable, "-IS", __file__, str(self.wanted)]
        self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.pid, self.count = self._process.pid, int(self._process.stdout.readline())
        return self

    def __exit__(self, *error: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def hold(count: int) -> int:
    """Open them; how many there are."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count + SPARE, max(hard, count + SPARE)))
    except (ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        count = min(count, hard - SPARE)
    folder = tempfile.mkdtemp(prefix="files-")
    paths = [f"{folder}/{index}" for index in range(FILES)]
    for path in paths:
        with open(path, "wb") as file:
            file.write(bytes(4096))
    kept: list[object] = []

    def regular() -> None:
        kept.append(os.open(paths[len(kept) % FILES], os.O_RDONLY))

    def pipe() -> None:
        kept.append(os.pipe())

    def unix() -> None:
        kept.append(socket.socketpair())

    def eventfd() -> None:
        kept.append(os.eventfd(0))

    def device() -> None:
        kept.append(os.open("/dev/null", os.O_RDWR))

    def udp() -> None:
        kept.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        kept[-1].bind(("127.0.0.1", 0)) if len(kept) < count // 4 else None  # type: ignore[attr-defined]

    kinds: tuple[Callable[[], None], ...] = (regular, regular, regular, regular, pipe, unix, unix, eventfd, device, udp)
    there = len(os.listdir("/proc/self/fd")) - 1
    while there < count:
        kind = kinds[len(kept) % len(kinds)] if there + 1 < count else regular
        kind()
        there += 2 if kind in {pipe, unix} else 1
    for path in paths:
        os.unlink(path)
    os.rmdir(folder)
    print(there, flush=True)
    sys.stdin.read()
    return there


if __name__ == "__main__":
    hold(int(sys.argv[1]))
