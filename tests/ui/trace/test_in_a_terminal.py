"""A trace in a real terminal: nothing that another process chose reaches it raw."""

import sys

import pytest

from tests.terminal import Terminal
from tests.ui.test_open import ASK, CLIPBOARD, DRAWING, MODES

PROGRAM = (sys.executable, "-m", "tests.ui.trace.program")


@pytest.mark.parametrize("size", [(140, 40), (80, 24)])
def test_hostile_paths_buffers_descriptors_and_notices(size: tuple[int, int]) -> None:
    columns, rows = size
    with Terminal(PROGRAM, columns=columns, rows=rows, environment={"FAULTLESS": "1", "HOSTILE": "1"}) as terminal:
        terminal.wait_for("Files")
        terminal.press("s")
        terminal.wait_for("a child", "= 7")
        terminal.press("tab", "tab")
        terminal.wait_for("Space pause")
        terminal.press("z", "up", "up", "enter")
        terminal.wait_for("write to a descriptor", "0000  1b 5b 33 31 6d 58")
        terminal.press("up", "enter")
        terminal.wait_for("open a file", "pathname")
        terminal.press("y", "/", "3", "1", "m", "enter", "n", "f", "f", "a", "i", "l", "e", "d", "enter")
        terminal.wait_for("filter failed")
        terminal.press("escape", "escape")
        terminal.settle()
        terminal.press("c", "enter")
        terminal.wait_for("openat: 2 calls")
        terminal.press("a")
        terminal.wait_for("31m", "PATH")
        terminal.press("enter", "y", "g", "f", "3", "1", "m", "enter")
        terminal.wait_for("filter 31m")
        terminal.settle()
        terminal.press("f10")
        terminal.settle()
        terminal.press("f10")
        assert terminal.exit() == 0
        rest = terminal.raw.replace(ASK, b"")
    for known in (MODES, DRAWING, CLIPBOARD):
        rest = known.sub(b"", rest)
    assert b"\x1b" not in rest
    assert b"\x07" not in rest
    text = rest.decode("utf-8")
    assert not {char for char in text if char in "\x9b\x9d\x90\x9c\u202e\u2066\u200b\ufeff" or (ord(char) < 32 and char not in "\r\n")}
    assert "\\33[31m" in text
