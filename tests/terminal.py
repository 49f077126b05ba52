"""A program in a real pseudo-terminal, its screen read by pyte: send keys, wait until the screen satisfies, keep the raw bytes."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pyte

TREE: Final = Path(__file__).parent.parent
PROCDIVE: Final = (sys.executable, "-m", "explorer")
DEADLINE: Final = 15.0
"""Generous: other programs may have the processors."""

KEYS: Final = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~", "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "backspace": "\x7f", "escape": "\x1b", "space": " ",
    "ctrl+up": "\x1b[1;5A", "ctrl+down": "\x1b[1;5B", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~",
    "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~",
}  # fmt: skip


class Terminal:
    """`with Terminal([...]) as terminal:`. It ends the program, and only that, at the end of the block."""

    def __init__(
        self,
        program: Sequence[str] = PROCDIVE,
        *,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str | None] | None = None,
        redirect: Mapping[int, int] | None = None,
        controlling: bool = True,
    ) -> None:
        """environment: added to ours, None takes a variable out; HOME is an empty folder of its own.

        redirect: 0, 1 or 2 → a descriptor to have instead of the terminal.
        """
        self.master, slave = pty.openpty()
        self.raw = b""
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._resized(columns, rows)
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PYTHONPATH": str(TREE)}
        self._home = tempfile.TemporaryDirectory(prefix="procdive-home-")
        env["HOME"] = self._home.name
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "NO_COLOR", "LC_ALL", "LC_CTYPE", "COLORFGBG", "COLUMNS", "LINES"):
            env.pop(name, None)
        for name, value in (environment or {}).items():
            if value is None:
                env.pop(name, None)
            else:
                env[name] = value
        streams = [(redirect or {}).get(fd, slave) for fd in range(3)]
        # setsid --ctty makes standard input the controlling terminal without forking a second time.
        command = ["setsid", "--ctty", *program] if controlling and streams[0] == slave else list(program)
        if controlling and streams[0] != slave:
            command = [sys.executable, "-c", TAKE_TERMINAL, os.ttyname(slave), *program]
        # A leader of a process group would make setsid fork, and self.process would be the one that ends at once.
        leads = command[0] != "setsid"
        self.process = subprocess.Popen(command, stdin=streams[0], stdout=streams[1], stderr=streams[2], env=env, start_new_session=leads)
        self.slave = slave
        """Kept open, so that the state that the program leaves can be asked for after its end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.send_signal(signal.SIGCONT)
            try:
                self.exit(3.0)
            except (AssertionError, TimeoutError):
                self.process.kill()
                self.process.wait()
        os.close(self.master)
        os.close(self.slave)
        self._home.cleanup()

    # what a person does

    def send(self, text: str | bytes) -> None:
        """Type it."""
        os.write(self.master, text.encode() if isinstance(text, str) else text)

    def press(self, *keys: str) -> None:
        """Keys by name ("f4", "down", "ctrl+c") or character."""
        for key in keys:
            if key.startswith("ctrl+") and len(key) == 6:
                self.send(chr(ord(key[5].upper()) - 64))
            else:
                self.send(KEYS.get(key, key))

    def click(self, column: int, row: int) -> None:
        """The left button, counted from 0."""
        self.send(f"\x1b[<0;{column + 1};{row + 1}M\x1b[<0;{column + 1};{row + 1}m")

    def resize(self, columns: int, rows: int) -> None:
        """As when a window's border is dragged."""
        self.pump(0)
        self.screen.resize(rows, columns)
        self._resized(columns, rows)

    def _resized(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # what a person sees

    @property
    def lines(self) -> list[str]:
        """The screen's lines, without trailing blanks."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    def cell(self, row: int, column: int) -> Any:
        """pyte's Char: data, fg, bg, bold, underscore, reverse …"""
        return self.screen.buffer[row][column]

    def row_of(self, text: str) -> int:
        """The first row that has this text."""
        return next(index for index, line in enumerate(self.lines) if text in line)

    def pump(self, seconds: float) -> bool:
        """Read what comes within this time; whether anything came."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def settle(self, quiet: float = 0.3) -> None:
        """Until nothing has come for so long."""
        while self.pump(quiet):
            pass

    def wait(self, satisfied: Callable[[], object], deadline: float = DEADLINE) -> None:
        """Until the screen satisfies; a failure shows what stood there."""
        until = time.monotonic() + deadline
        while not satisfied():
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"not within {deadline:g} s; the screen was\n{self.text}")
            self.pump(min(left, 0.1))

    def wait_for(self, *texts: str, deadline: float = DEADLINE) -> None:
        """Until all of these stand on the screen."""
        self.wait(lambda: all(text in self.text for text in texts), deadline)

    # its end

    def exit(self, deadline: float = DEADLINE) -> int:
        """Wait for the program's end; its status, negative after a signal that killed it."""
        until = time.monotonic() + deadline
        while self.process.poll() is None:
            if time.monotonic() > until:
                raise TimeoutError(f"still running after {deadline:g} s; the screen was\n{self.text}")
            self.pump(0.02)
        while self.pump(0.05):
            pass
        return self.process.returncode

    def flags(self) -> tuple[bool, bool]:
        """Whether echo and icanon are on, as `stty -a` says."""
        local = termios.tcgetattr(self.slave)[3]
        return bool(local & termios.ECHO), bool(local & termios.ICANON)


TAKE_TERMINAL: Final = (
    "import fcntl, os, sys, termios; fd = os.open(sys.argv[1], os.O_RDWR); fcntl.ioctl(fd, termios.TIOCSCTTY, 0); os.close(fd);"
    " os.execvp(sys.argv[2], sys.argv[2:])"
)
"""Makes a terminal the controlling one of a program whose standard streams are elsewhere."""
