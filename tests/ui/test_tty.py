"""The terminal device: found, entered, left exactly as it was."""

import os
import pty
import select
import termios
import threading
import time
from collections.abc import Iterator

import pytest

from explorer.ui.tty import NoTerminal, Tty, open_terminal


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    master, slave = pty.openpty()
    yield master, slave
    os.close(master)
    os.close(slave)


def everything(master: int) -> bytes:
    data = b""
    while select.select([master], [], [], 0.2)[0]:
        data += os.read(master, 1000)
    return data


def test_it_is_left_exactly_as_it_was(ends: tuple[int, int]) -> None:
    master, slave = ends
    before = termios.tcgetattr(slave)
    terminal = Tty(slave, {"TERM": "xterm"})
    terminal.enter(mouse=True)
    assert not termios.tcgetattr(slave)[3] & (termios.ECHO | termios.ICANON | termios.ISIG)
    terminal.leave()
    terminal.leave()
    assert termios.tcgetattr(slave) == before
    assert everything(master).count(b"\x1b[?1049l") == 1


def test_a_terminal_that_takes_nothing_is_given_up_soon(ends: tuple[int, int]) -> None:
    _, slave = ends
    os.set_blocking(slave, False)
    terminal = Tty(slave, {"TERM": "xterm"})
    terminal.enter(mouse=False)
    terminal.put(b"x" * 1_000_000)
    begun = time.monotonic()
    thread = threading.Thread(target=terminal.leave, daemon=True)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    assert time.monotonic() - begun < 5
    assert termios.tcgetattr(slave)[3] & termios.ECHO


def test_where_there_is_no_alternate_screen_the_cursor_goes_below(ends: tuple[int, int]) -> None:
    master, slave = ends
    terminal = Tty(slave, {"TERM": "linux"})
    terminal.enter(mouse=False)
    everything(master)
    terminal.leave()
    assert everything(master).startswith(b"\x1b[m\x1b[24;1H\r\r\n")


def test_without_any_terminal_the_words_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise OSError(6, "No such device or address")

    monkeypatch.setattr(os, "ttyname", refused)
    monkeypatch.setattr(os, "open", refused)
    monkeypatch.setattr(os, "isatty", lambda _: False)
    with pytest.raises(NoTerminal, match="no terminal to draw on"):
        open_terminal()


def test_a_terminal_without_a_size_is_80_by_24(ends: tuple[int, int]) -> None:
    assert Tty(ends[1], {}).size() == (80, 24)
