"""Processes that a test starts and that end with it."""

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.loopback import until

HELD = "print(flush=True); sys.stdin.read()"
"""says that it is ready, and stays until its standard input ends: when we die, it does too"""

TITLE = """
import sys
words = open("/proc/self/stat", "rb").read().rpartition(b")")[2].split()
start, end, last = int(words[45]), int(words[46]), int(words[48])
title = bytes.fromhex(sys.stdin.readline())
memory = open("/proc/self/mem", "r+b", 0)
memory.seek(start)
if len(title) < end - start:
    memory.write(title + bytes(end - start - len(title)))
else:
    memory.write((title + bytes(last - start))[: last - start])
print(flush=True)
sys.stdin.read()
"""
"""writes a title over its arguments, padded with NULs; one that is too long runs over into the environment"""


def has_begun(pid: int) -> bool:
    """Whether its execve(2) is over: Popen returns as soon as the old memory is gone, before there is anything in the new one, its
    arguments and auxiliary vector last."""
    try:
        auxv = Path(f"/proc/{pid}/auxv").read_bytes()
    except OSError:
        return True
    return not auxv or any(auxv)


class Processes:
    """`with Processes() as processes:`; each start() ends with it."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for process in self.started:
            process.kill()
        for process in self.started:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()

    def start(self, *argv: str | bytes | os.PathLike[str], **options: Any) -> subprocess.Popen[bytes]:
        """A program that has begun."""
        process = subprocess.Popen(argv, **options)
        self.started.append(process)
        until(lambda: has_begun(process.pid), f"{argv[0]!r} to begin")
        return process

    def python(self, program: str, *argv: str, told: bytes = b"", **options: Any) -> subprocess.Popen[bytes]:
        """A Python program that says a line when it is ready; then it is. told: what it finds on its standard input."""
        process = self.start(sys.executable, "-ISc", program, *argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **options)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(told)
        process.stdin.flush()
        assert process.stdout.readline(), "it ended"
        return process

    def titled(self, title: bytes, *argv: str) -> int:
        """The pid of a process with this title over its arguments."""
        return self.python(TITLE, *argv, told=title.hex().encode() + b"\n").pid
