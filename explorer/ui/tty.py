"""The terminal device: found, put into the state that a screen needs, and put back exactly as it was. Knows nothing of Textual.

Only these modes are ever set: alternate screen (1049), cursor hidden (25), no automatic wrap (7), bracketed paste (2004),
clicks and wheel (1000 with 1006), each undone by leave(). Motion of the mouse is not asked for: over SSH it would be a
stream of bytes for nothing. No other protocol is switched on, so none can be left on.
"""

import os
import select
import signal
import termios
import time
from collections.abc import Mapping
from typing import Any, Final

ENTER: Final = b"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h"
LEAVE: Final = b"\x1b[m\x1b[?2004l\x1b[?7h\x1b[?1049l\x1b[?25h"
MOUSE: Final = b"\x1b[?1000h\x1b[?1006h"
NO_MOUSE: Final = b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l"
ASK_BACKGROUND: Final = b"\x1b]11;?\x07"
PATIENCE: Final = 0.3
"""Seconds that leave() waits for a terminal that takes no more bytes."""


class NoTerminal(Exception):
    """There is none; the words say why."""


class Tty:
    """An open terminal. The description is our own where the device can be opened anew, so that O_NONBLOCK troubles nobody else."""

    def __init__(self, fd: int, environment: Mapping[str, str] = os.environ) -> None:
        self.fd = fd
        self.term = environment.get("TERM", "")
        self.entered = False
        self.mouse = False
        self._before: list[Any] | None = None

    def size(self) -> tuple[int, int]:
        """Columns and rows; 80 by 24 where the terminal does not know."""
        try:
            columns, rows = os.get_terminal_size(self.fd)
        except OSError:
            columns, rows = 0, 0
        return columns or 80, rows or 24

    def enter(self, mouse: bool) -> None:
        """Raw keys, alternate screen. Stops the process where it is in the background (SIGTTOU), before a byte is written."""
        attributes = termios.tcgetattr(self.fd)
        termios.tcsetattr(self.fd, termios.TCSANOW, attributes)
        if not self.entered:
            self._before = attributes
        raw = termios.tcgetattr(self.fd)
        raw[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP | termios.BRKINT)
        raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        raw[6] = [*raw[6]]
        raw[6][termios.VMIN], raw[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self.fd, termios.TCSANOW, raw)
        self.entered = True
        self.mouse = mouse
        self.put(ENTER + (MOUSE if mouse else b""))

    def set_mouse(self, on: bool) -> None:
        """Take the mouse, or give it back to the terminal."""
        self.mouse = on
        self.put(MOUSE if on else NO_MOUSE)

    def anew(self) -> int:
        """Another descriptor of it, for a program that has it meanwhile: one that blocks. Raises OSError."""
        try:
            return os.open(os.ttyname(self.fd), os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError:
            return os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)

    def leave(self, *, again: bool = False) -> None:
        """As before enter(); any number of times, from any thread, in at most PATIENCE. again: though it was left, since somebody
        else has had it.
        """
        if not self.entered and not again:
            return
        self.entered = False
        below = b"" if self.has_alternate else f"\x1b[m\x1b[{self.size()[1]};1H\r\n".encode()
        self.put(below + NO_MOUSE + LEAVE)
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        try:
            termios.tcflush(self.fd, termios.TCIFLUSH)
            if self._before is not None:
                termios.tcsetattr(self.fd, termios.TCSANOW, self._before)
        except (OSError, termios.error):
            pass  # hung up: there is no terminal left to restore
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    @property
    def has_alternate(self) -> bool:
        """Whether the terminal brings back what it showed before; the Linux console and old ones do not."""
        return not self.term.startswith(("linux", "vt", "dumb", "ansi", "cons"))

    def put(self, data: bytes) -> None:
        """Write it all, or give up after PATIENCE."""
        until = time.monotonic() + PATIENCE
        while data:
            try:
                data = data[os.write(self.fd, data) :]
            except BlockingIOError:
                left = until - time.monotonic()
                if left <= 0 or not select.select([], [self.fd], [], left)[1]:
                    return
            except OSError:
                return


def open_terminal() -> Tty:
    """The terminal that we were started on: standard input's or output's, else the controlling one. Raises NoTerminal."""
    names = []
    for fd in (0, 1):
        try:
            names.append(os.ttyname(fd))
        except OSError:
            pass
    for name in (*names, "/dev/tty"):
        try:
            fd = os.open(name, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC | os.O_NONBLOCK)
        except OSError:
            continue
        if os.isatty(fd):
            return Tty(fd)
        os.close(fd)
    for fd in (0, 1):
        if os.isatty(fd):
            return Tty(os.dup(fd))
    raise NoTerminal("no terminal to draw on: standard input and output are none, and /dev/tty cannot be opened")
