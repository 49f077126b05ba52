"""A process whose files do things: `with Live(folder) as it: it.do("open")`. Run as a program with a folder it obeys lines.

It reads `big` at a steady pace, and follows `log`, to which it writes itself. open, close: one more file, one fewer. leak: ten
more of one kind. many: MANY more, or as many as it may. stop: it ends what it does and leaves everything open.
"""

import os
import resource
import select
import subprocess
import sys
from pathlib import Path
from typing import Final, Self

BIG: Final = 64 << 20
STEP, PACE = 1 << 18, 0.1
MANY: Final = 3000


class Live:
    """pid: of the program."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        argv = [sys.executable, "-IS", __file__, str(self._folder)]
        self._program = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.pid = self._program.pid
        assert self._program.stdout is not None
        self._program.stdout.readline()
        return self

    def do(self, what: str) -> None:
        """Let it, and wait until it has."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(what + "\n")
        self._program.stdin.flush()
        assert self._program.stdout.readline() == what + "\n"

    def __exit__(self, *_: object) -> None:
        self._program.kill()
        self._program.wait()
        for pipe in (self._program.stdin, self._program.stdout):
            if pipe is not None:
                pipe.close()


def main(folder: str) -> None:
    with open(f"{folder}/big", "wb") as big:
        big.truncate(BIG)
    reads, writes = os.open(f"{folder}/big", os.O_RDONLY), os.open(f"{folder}/log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    follows, kept = os.open(f"{folder}/log", os.O_RDONLY), list[int]()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 2 * MANY), hard))
    many = min(MANY, min(hard, 2 * MANY) - 100)
    print("ready", flush=True)
    pace: float | None = PACE
    while True:
        if select.select([0], [], [], pace)[0]:
            what = os.read(0, 100).decode().strip()
            if not what:
                return
            if what == "open":
                kept.append(os.open(f"{folder}/one", os.O_RDWR | os.O_CREAT))
            elif what == "close":
                os.close(kept.pop())
            elif what == "leak":
                kept += [os.eventfd(0) for _ in range(10)]
            elif what == "many":
                kept += [os.open("/dev/null", os.O_RDONLY) for _ in range(many)]
            elif what == "stop":
                pace = None
            print(what, flush=True)
        elif pace is not None:
            os.read(reads, STEP)
            os.write(writes, b"x" * 500)
            os.read(follows, 1 << 16)


if __name__ == "__main__":
    main(sys.argv[1])
