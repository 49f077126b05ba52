"""A program on a terminal of 120x40 that only counts: bytes, and when they came."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

COLUMNS, ROWS = 120, 40
TREE = Path(__file__).parent.parent
PROCDIVE = (str(Path(sys.executable).with_name("procdive")),)
HTOP = ("htop", "-d", "10")
"""a tick a second, as procdive has it; its own default is one and a half"""

SEQUENCE = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|[\]P_^][^\x07\x1b]*(\x07|\x1b\\)|[ -/]*[0-~])")


class Screen:
    """`with Screen(argv) as screen:`: started at `started` (monotonic), chunks: (when, bytes). A fresh home, so no settings of ours."""

    def __init__(self, argv: Sequence[str]) -> None:
        self.argv = list(argv)
        self.chunks: list[tuple[float, bytes]] = []

    def __enter__(self) -> Self:
        self._home = tempfile.TemporaryDirectory(prefix="bench-")
        home = self._home.name
        master, slave = pty.openpty()
        fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        env = {
            "PATH": os.environ["PATH"], "HOME": home, "HTOPRC": f"{home}/htoprc", "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home,
            "TERM": "xterm-256color", "LANG": "C.UTF-8",
        }  # fmt: skip
        self.started = time.monotonic()
        # setsid is no group leader, so it becomes the program without a fork, and the process is the program's.
        self.process = subprocess.Popen(["setsid", "--ctty", *self.argv], stdin=slave, stdout=slave, stderr=slave, env=env)
        os.close(slave)
        self._master = master
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join(5)
        os.close(self._master)
        self._home.cleanup()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 1 << 16)
            except OSError:
                return
            if not data:
                return
            self.chunks.append((time.monotonic(), data))

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    @property
    def received(self) -> int:
        """So many came so far."""
        return sum(len(data) for _, data in list(self.chunks))

    @property
    def text(self) -> str:
        """Everything that came so far without its escape sequences: what was drawn, in the order in which it was."""
        return SEQUENCE.sub(b"", b"".join(data for _, data in list(self.chunks))).decode("utf-8", "replace")

    def first(self, drawn: re.Pattern[str]) -> float:
        """Seconds from the start until what was drawn matches."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            so_far = b""
            for when, data in list(self.chunks):
                so_far += data
                if drawn.search(SEQUENCE.sub(b"", so_far).decode("utf-8", "replace")):
                    return when - self.started
            time.sleep(0.005)
        raise TimeoutError(f"{self.argv} drew {self.text[:400]!r}")

    def settle(self, quiet: float, most: float = 30) -> None:
        """Until nothing was drawn for so many seconds."""
        until = time.monotonic() + most
        while time.monotonic() < until and (not self.chunks or time.monotonic() - self.chunks[-1][0] < quiet):
            time.sleep(0.005)
