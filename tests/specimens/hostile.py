"""Processes whose every name was chosen by a stranger: comm, arguments, environment, executable, folders, files.

Each lives in a folder of the test's own, sleeps, and is ended by close(). What they carry, if a terminal obeyed it, would
set its title to PWN, write to the clipboard, clear the screen, or turn text around.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.loopback import until

TITLE = b"\x1b]0;PWN\x07"
CLIPBOARD = b"\x1b]52;c;cHduZWQ=\x07"
CLEAR = b"\x1b[2J"
COLOUR = b"\x1b[31m"
TURN = "\u202e".encode()
MARKUP = b"[/red]"
CLICK = b"[@click=app.bell]"

COMMS = {
    "title": TITLE,
    "stat": b"x) R 1 1 1 (",
    "newline": b"n\nm",
    "markup": MARKUP,
    "click": b"[@click=bell]x",
    "no utf-8": b"\xff\xfe\x9b31m",
    "turned": b"a" + TURN + b"b",
    "systemd": b"(sd-pam)",
    "blank": b"x y",
}
RENAMED = "import sys; open('/proc/self/comm', 'wb', 0).write(bytes.fromhex(sys.argv[1])); print(flush=True); sys.stdin.read()"
"""writes a comm, says so, and stays until its standard input ends: when we die, it does too"""


@dataclass(frozen=True)
class Hostile:
    """comms: by their key in COMMS. argv, empty, environment, place: see start()."""

    comms: dict[str, int]
    argv: int
    empty: int
    environment: int
    place: int

    @property
    def pids(self) -> tuple[int, ...]:
        return (*self.comms.values(), self.argv, self.empty, self.environment, self.place)


class Company:
    """All of them at once: `with Company(folder) as hostile:`."""

    def __init__(self, folder: Path) -> None:
        self.folder = os.fsencode(folder)
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Hostile:
        try:
            return self.all()
        except BaseException:
            self.close()
            raise

    def all(self) -> Hostile:
        """Start them."""
        comms = {}
        for key, comm in COMMS.items():
            process = self.start([sys.executable, "-ISc", RENAMED, comm.hex()])
            assert process.stdout is not None
            assert process.stdout.readline() == b"\n"
            comms[key] = process.pid
        cat = os.fsencode(shutil.which("cat") or "cat")
        argv = self.start([b"argv" + CLEAR + CLIPBOARD + COLOUR + b"RED" + TURN + MARKUP + CLICK, b"-", b"", b"-"], cat)
        empty = self.start([b""], cat)
        environment = self.start([b"cat"], cat, {b"E" + TITLE: CLIPBOARD, b"MARKUP": MARKUP + CLICK, b"BYTES": b"\xff\x9b31m"})
        return Hostile(comms, argv.pid, empty.pid, environment.pid, self.placed(cat))

    def __exit__(self, *error: object) -> None:
        self.close()

    def start(
        self, argv: list[str] | list[bytes], program: bytes | None = None, env: dict[bytes, bytes] | None = None
    ) -> subprocess.Popen[bytes]:
        """A process that ends when its standard input does."""
        process = subprocess.Popen(argv, executable=program, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        self.processes.append(process)
        return process

    def placed(self, program: bytes) -> int:
        """Its executable, working directory, standard output and a file have names with control characters that are no UTF-8."""
        place = os.path.join(self.folder, b"dir" + COLOUR + b"\nnl" + CLICK)
        os.mkdir(place)
        mine = os.path.join(place, b"pr)og \xff" + TURN)
        shutil.copy(program, mine)
        with open(os.path.join(place, b"out" + TITLE), "wb") as out:
            process = subprocess.Popen([mine], stdin=subprocess.PIPE, stdout=out, cwd=place)
        self.processes.append(process)
        until(lambda: os.readlink(b"/proc/%d/exe" % process.pid) == mine, "the copy to run")
        return process.pid

    def close(self) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()
