"""The whole program in a pseudo-terminal: colours, letters, hostile text, a home that is not ours. Down to the raw bytes."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import Terminal

PROGRAM = (sys.executable, "-m", "tests.ui.program")
MODES = re.compile(rb"\x1b\[\?(?:1049|25|7|2004|1000|1002|1003|1006)[hl]")
DRAWING = re.compile(rb"\x1b\[(?:[0-9;]*m|[0-9]+;[0-9]+H|[0-9]+C|K|2J)")
CLIPBOARD = re.compile(rb"\x1b\]52;c;[A-Za-z0-9+/=]*\x07")
ASK = b"\x1b]11;?\x07"
SGR = re.compile(rb"\x1b\[([0-9;]*)m")
EVERYWHERE = (
    *("down", "l", "down", "enter", "y", "Y", "b", "v", "/", "[", "enter", "n", "escape", "q"),
    *("f4", "e", "enter", "escape", "f3", "x", "escape", "f9", "escape", "f7", "escape", "w", "escape", "u", "escape", "f6", "escape"),
    *("f1", "escape", "ctrl+p", "escape", "f2", "escape", "z", "z", "8", "1", "2", "escape"),
)


def tour(environment: dict[str, str | None], columns: int = 120, rows: int = 40) -> tuple[bytes, int]:
    """Every area and every question once; the raw bytes and the exit status."""
    with Terminal(PROGRAM, columns=columns, rows=rows, environment={**environment, "FAULTLESS": "1"}) as terminal:
        terminal.wait_for("COMMAND", "812", "l Files")
        for key in EVERYWHERE:
            terminal.press(key)
            terminal.settle(0.05)
        assert "A fault of procdive" not in terminal.text
        terminal.press("f10")
        status = terminal.exit()
        return terminal.raw, status


def codes(raw: bytes) -> set[int]:
    return {int(code) for found in SGR.findall(raw) for code in found.split(b";") if code}


@pytest.mark.parametrize(
    ("environment", "allowed"),
    [
        ({"TERM": "linux", "COLORTERM": None}, {0, 1, 4, 7, *range(30, 38)}),
        ({"TERM": "xterm", "COLORTERM": None}, {0, 1, 4, 7, *range(30, 38)}),
        ({"NO_COLOR": "1"}, {0, 1, 4, 7}),
        ({"TERM": "vt100", "COLORTERM": None}, {0, 1, 4, 7}),
        ({"TERM": "dumb", "COLORTERM": None}, {0, 1, 4, 7}),
    ],
)
def test_sixteen_colours_and_none_down_to_the_last_cell(environment: dict[str, str | None], allowed: set[int]) -> None:
    raw, status = tour(environment)
    assert status == 0
    assert codes(raw) <= allowed
    assert ASK not in raw


def test_a_terminal_of_256_colours_gets_no_others() -> None:
    raw, _ = tour({"TERM": "xterm-256color", "COLORTERM": None})
    assert b";2;" not in b"".join(b";" + found + b";" for found in SGR.findall(raw) if not found.startswith((b"38;5;2", b"48;5;2")))


@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"LANG": "POSIX"}, {"LANG": None}])
def test_in_the_c_locale_every_byte_is_ascii(environment: dict[str, str | None]) -> None:
    raw, status = tour(environment)
    assert status == 0
    assert raw.isascii()
    assert b"|-" in raw
    assert b"`-" in raw


def test_the_copied_bytes_are_exact_and_in_base64_only() -> None:
    raw, _ = tour({})
    found = CLIPBOARD.findall(raw)
    assert found


def test_case_74_no_escape_byte_of_strangers_reaches_the_terminal() -> None:
    raw, status = tour({"HOSTILE": "1"})
    assert status == 0
    rest = raw.replace(ASK, b"")
    for known in (MODES, DRAWING, CLIPBOARD):
        rest = known.sub(b"", rest)
    assert b"\x1b" not in rest
    assert b"\x07" not in rest
    text = rest.decode("utf-8")  # nothing is cut in the middle of a character either
    assert not {char for char in text if char in "\x9b\x9d\x90\x9c\u202e\u2066\u200b\ufeff" or (ord(char) < 32 and char not in "\r\n")}
    assert "\\e[31m" in text


@pytest.fixture
def read_only_home(tmp_path: Path) -> Iterator[Path]:
    home = tmp_path / "home"
    (home / ".config" / "procdive").mkdir(parents=True)
    (home / ".config" / "procdive" / "settings").write_text("theme = mono\n")
    yield home
    for folder in (home, home / ".config", home / ".config" / "procdive"):
        folder.chmod(0o700)


def test_case_81_a_home_that_is_not_ours_is_read_and_never_written(read_only_home: Path) -> None:
    home = read_only_home
    if os.geteuid() == 0:
        for path in (home, *home.rglob("*")):
            os.chown(path, 1000, 1000)
    else:
        for folder in (home / ".config" / "procdive", home / ".config", home):
            folder.chmod(0o500)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    with Terminal(PROGRAM, columns=120, rows=40, environment={"HOME": str(home)}) as terminal:
        terminal.wait_for("812")
        assert codes(terminal.raw) <= {0, 1, 4, 7}  # the readable settings are used
        terminal.press("ctrl+up", "f2")
        terminal.wait_for("Settings", "changes cannot be saved")
        terminal.press("escape", "f10")
        assert terminal.exit() == 0
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_case_81_without_home_it_starts() -> None:
    with Terminal(PROGRAM, environment={"HOME": None}) as terminal:
        terminal.wait_for("COMMAND", "F1 help")
        terminal.press("q")
        assert terminal.exit() == 0


def test_what_was_moved_is_there_the_next_time(tmp_path: Path) -> None:
    for wanted in (False, True):
        with Terminal(PROGRAM, environment={"HOME": str(tmp_path)}) as terminal:
            terminal.wait_for("COMMAND", "systemd", "F1 help")
            rule = next(row for row, line in enumerate(terminal.lines) if line.startswith("──"))
            assert (rule == 8) is wanted
            terminal.press(*(() if wanted else ("ctrl+up", "ctrl+up")), "q")
            assert terminal.exit() == 0


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"COLUMNS": "50", "LINES": "12"}])
def test_the_size_is_the_terminals_own_and_an_idle_screen_sends_nothing(environment: dict[str, str | None]) -> None:
    with Terminal(PROGRAM, columns=120, rows=40, environment=environment) as terminal:
        terminal.wait_for("l Files 8", "now epoll_wait")
        assert terminal.lines[39].startswith(" F1 help")
        terminal.settle(1.2)
        before = len(terminal.raw)
        terminal.settle(1.2)
        assert len(terminal.raw) == before
