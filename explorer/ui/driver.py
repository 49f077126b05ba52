"""Textual's terminal driver, replaced: the terminal itself is drawn on, keys come from it, and it is always given back.

What Textual's own does otherwise, and a person would notice: it draws on standard error, reads keys in a thread that has
to be waited for, blocks when the terminal takes no more, asks for every motion of the mouse, and after a signal leaves the
terminal as it was at that moment.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from typing import Any, Final, Protocol

from textual import events
from textual.driver import Driver
from textual.geometry import Size

from explorer.ui.keys import Keyboard
from explorer.ui.tty import ASK_BACKGROUND, Tty

ESCAPE_DELAY: Final = 0.1
LAST_WAY_OUT: Final = 0.7
"""Seconds after which a program that was told to end ends, whatever it is in the middle of."""
ENDING: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


class Guest(Protocol):
    """A program that has the terminal for a while."""

    def wait(self) -> object:
        """Blocks until it has ended."""

    def end(self) -> None:
        """End it now."""


class Terminal(Driver):
    """One tty; bytes that it does not take wait here, and while they wait no new frame is made (see `busy`)."""

    def __init__(self, app: Any, tty: Tty, *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None) -> None:
        # The device's own size: Textual believes COLUMNS and LINES, and takes a dumb terminal for one of 80 by 25.
        super().__init__(app, debug=debug, mouse=mouse, size=size or tty.size())
        self.tty = tty
        self.ask_background = False
        self.drained: Callable[[], None] = lambda: None
        self.resumed: Callable[[], None] = lambda: None
        self.end: Callable[[int], None] = lambda _status: None
        self._out = bytearray()
        self._keyboard = Keyboard()
        self._late: asyncio.TimerHandle | None = None
        self._status = 0
        self._guest: Guest | None = None
        """Who has the terminal meanwhile."""

    @property
    def can_suspend(self) -> bool:
        return True

    @property
    def busy(self) -> bool:
        """The terminal has not taken the last frame yet, or somebody else has it."""
        return bool(self._out) or self._guest is not None

    # Textual's calls

    def start_application_mode(self) -> None:
        for number in ENDING:
            signal.signal(number, self._told_to_end)
        self._listen(signal.SIGTSTP, self._stop)
        self._listen(signal.SIGCONT, self._go_on)
        self._listen(signal.SIGWINCH, self._send_size)
        self._enter()
        if self.ask_background:
            self.tty.put(ASK_BACKGROUND)

    def stop_application_mode(self) -> None:
        self.disable_input()
        self._forget_output()
        self.tty.leave()

    def suspend_application_mode(self) -> None:
        self.stop_application_mode()

    def resume_application_mode(self) -> None:
        self._enter()
        self.resumed()

    def disable_input(self) -> None:
        self._loop.remove_reader(self.tty.fd)
        if self._late is not None:
            self._late.cancel()

    def close(self) -> None:
        """Nothing more to do: the device stays open until the process ends."""

    def write(self, data: str) -> None:
        """What Textual itself would write (pointer shapes, marks around frames) goes nowhere: frames are sent by send()."""

    def flush(self) -> None:
        """Nothing to do: send writes at once."""

    # output

    def send(self, data: bytes) -> None:
        """Write; what the terminal does not take now goes later, in order."""
        if self._guest is not None:
            return
        waiting = bool(self._out)
        self._out += data
        if not waiting:
            self._pump()
            if self._out:
                self._loop.add_writer(self.tty.fd, self._pump)

    def _pump(self) -> None:
        try:
            while self._out:
                del self._out[: os.write(self.tty.fd, self._out)]
        except BlockingIOError:
            return
        except OSError:
            self._out.clear()
        if self._loop.remove_writer(self.tty.fd):
            self.drained()

    def _forget_output(self) -> None:
        self._out.clear()
        self._loop.remove_writer(self.tty.fd)

    # input

    def _enter(self) -> None:
        self.tty.enter(self._mouse)
        self._loop.add_reader(self.tty.fd, self._read)
        self._send_size()

    def _read(self) -> None:
        try:
            data = os.read(self.tty.fd, 1 << 14)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._loop.remove_reader(self.tty.fd)
            self._told_to_end(signal.SIGHUP)
            return
        if self._late is not None:
            self._late.cancel()
        for message in self._keyboard.feed(data):
            self.process_message(message)
        if self._keyboard.waiting:
            self._late = self._loop.call_later(ESCAPE_DELAY, self._nothing_more)

    def _nothing_more(self) -> None:
        for message in self._keyboard.late():
            self.process_message(message)

    def _send_size(self) -> None:
        size = Size(*self.tty.size())
        self.send_message(events.Resize(size, size))

    def set_mouse(self, on: bool) -> None:
        """Take the mouse, or give it back to the terminal."""
        self._mouse = on
        self.tty.set_mouse(on)

    # lent

    def lend(self, start: Callable[[int], Guest]) -> None:
        """Leave the screen, and let a program have the terminal until it ends; then come back whole. Everything else goes on.

        start: is given a descriptor of the terminal that blocks, as programs expect. Raises OSError where it does; the screen is back then.
        """
        self.stop_application_mode()
        try:
            tty = self.tty.anew()
            try:
                guest = self._guest = start(tty)
            finally:
                os.close(tty)
        except OSError:
            self._come_back()
            raise
        threading.Thread(target=self._wait_for, args=(guest,), name="guest", daemon=True).start()

    def _wait_for(self, guest: Guest) -> None:
        guest.wait()
        try:
            self._loop.call_soon_threadsafe(self._guest_left)
        except RuntimeError:
            pass  # the program has ended meanwhile

    def _guest_left(self) -> None:
        self._guest = None
        self._come_back()

    # signals

    def _told_to_end(self, number: int, _frame: object = None) -> None:
        if self._status or (self._guest is not None and number == signal.SIGINT):
            return  # Ctrl-C in a guest is for the guest
        self._status = 128 + number
        watch_exit(self.tty, self._status)
        if self._guest is not None:
            self._guest.end()
            self.tty.leave(again=True)
        self._loop.call_soon_threadsafe(self.end, self._status)

    def _listen(self, number: signal.Signals, answer: Callable[[], None]) -> None:
        signal.signal(number, lambda *_: self._loop.call_soon_threadsafe(answer))

    def _stop(self) -> None:
        """Leave the screen, stop as SIGTSTP does (not where nobody could wake us: an orphaned group), come back whole."""
        self.stop_application_mode()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        self._listen(signal.SIGTSTP, self._stop)
        self._come_back()

    def _go_on(self) -> None:
        """After a stop that gave us no time to leave the screen (SIGSTOP)."""
        if self.tty.entered:
            self._come_back()

    def _come_back(self) -> None:
        if not self._status and self._guest is None:
            self._forget_output()
            self.resume_application_mode()


def watch_exit(tty: Tty, status: int) -> None:
    """From now on the process ends with this status within LAST_WAY_OUT, its terminal restored, even if something hangs."""

    def end() -> None:
        tty.leave()
        os._exit(status)

    timer = threading.Timer(LAST_WAY_OUT, end)
    timer.daemon = True
    timer.start()
