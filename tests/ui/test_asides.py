"""w and m: answered beside the panes, named only where they do something; the screen comes back whole."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.model.having import Thing
from explorer.model.manual import Page
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.render.piece import piece
from explorer.render.sheet import Row, Sheet
from explorer.resolve.system import System
from explorer.ui import asides
from tests.loopback import until
from tests.terminal import PROCDIVE, Terminal
from tests.ui.fakes import FakeFiles
from tests.ui.shown import shown

PAGER = """#!/bin/sh
[ "$1" = -w ] && { echo found; exit 0; }
printf 'PAGE %s %s\\n' "$1" "$2"
echo $$ > "$0.pid"
read line
printf 'READ %s\\n' "$line"
"""


class Rows(FakeFiles):
    """One row with something that others may have, one with a page, one with neither."""

    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:
        thing = Thing("0 pipe", "pipe:[1]", 0)
        return Sheet(
            (
                Row("a", (piece("a pipe"),), thing=thing),
                Row("b", (piece("a call"),), pages=(Page("2", "read"),)),
                Row("c", (piece("nothing"),)),
            )
        )


async def test_the_key_line_names_them_only_where_they_do_something() -> None:
    async with shown((120, 30), panes=(Rows,)) as screen:
        await screen.press("l", "home")
        assert "w who has it" in screen.lines[-1]
        assert "m manual" not in screen.lines[-1]
        await screen.press("down")
        await screen.until(lambda: "m manual" in screen.lines[-1])
        assert "w who has it" not in screen.lines[-1]
        await screen.press("down")
        await screen.until(lambda: "m manual" not in screen.lines[-1])
        await screen.press("w")
        assert "nothing on this line that another process could have" in screen.text
        await screen.press("m")
        assert "no manual page is about this line" in screen.text


async def test_no_man_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_page: Page) -> bool:
        raise Unreadable(Missing(Reason.UNSUPPORTED, "there is no man here", "apt install man-db"))

    monkeypatch.setattr("explorer.collect.manual.has", none)
    async with shown((120, 30), panes=(Rows,)) as screen:
        await screen.press("l", "home", "down", "m")
        await screen.until_text("there is no man here: unsupported — apt install man-db")


async def test_a_search_is_shown_while_it_goes_on_and_ended_with_its_list(monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer.model.having import Having, Use, WhoHas

    steps = []

    class Slow:
        def __init__(self, _system: System, pid: int, thing: Thing) -> None:
            self.pid, self.thing = pid, thing

        def step(self) -> WhoHas:
            steps.append(self.pid)
            return WhoHas(self.thing, (Having(self.pid, "x", "root", (Use("fd", 0, "r"),)),), len(steps), 10_000)

    monkeypatch.setattr("explorer.collect.having.Search", Slow)
    async with shown((120, 30), panes=(Rows,)) as screen:
        await screen.press("Z", "l", "home", "w")
        await screen.until(lambda: len(steps) > 3)
        await screen.until_text("Who has 0 pipe", "1 has it", "of 10,000 processes")
        await screen.press("escape")
        assert "Who has" not in screen.text
        feed = screen.app.asides._feed
        await screen.until(lambda: feed._slots["who"].wish is None)
        assert isinstance(screen.app.asides, asides.Asides)
        assert steps[0] == (screen.app.state.process or ProcessId(0, 0)).pid


@pytest.fixture
def man(tmp_path: Path) -> Path:
    program = tmp_path / "man"
    program.write_text(PAGER)
    program.chmod(0o755)
    return program


@pytest.fixture
def waiting() -> Iterator[int]:
    """A process that waits in read(2)."""
    with subprocess.Popen([sys.executable, "-c", "import os; os.read(0, 1)"], stdin=subprocess.PIPE) as started:
        until(lambda: Path(f"/proc/{started.pid}/syscall").read_text().startswith("0 "), "it waits in read")
        yield started.pid
        assert started.stdin is not None
        started.stdin.close()


def opened(man: Path, pid: int) -> Terminal:
    path = f"{man.parent}:{os.environ['PATH']}"
    return Terminal([*PROCDIVE, str(pid)], columns=120, rows=30, environment={"PATH": path})


def test_a_page_has_the_terminal_and_the_screen_comes_back_whole(man: Path, waiting: int) -> None:
    with opened(man, waiting) as terminal:
        terminal.wait_for("COMMAND", str(waiting))
        terminal.press("b")
        terminal.wait_for("tid", "m manual")
        terminal.press("m")
        terminal.wait_for("PAGE 2 read")
        assert terminal.flags() == (True, True)
        terminal.press("ctrl+c")  # the shell that plays man is ended by it; procdive is not
        terminal.wait_for("m manual", "COMMAND")
        terminal.press("m")
        terminal.wait_for("PAGE 2 read")
        terminal.send("word\r")
        terminal.wait(lambda: b"READ word" in terminal.raw)
        terminal.wait_for("m manual", "COMMAND")
        terminal.press("q", "q")
        assert terminal.exit() == 0


def test_a_signal_while_a_page_is_read_ends_both(man: Path, waiting: int) -> None:
    with opened(man, waiting) as terminal:
        terminal.wait_for("COMMAND", str(waiting))
        terminal.press("b")
        terminal.wait_for("tid", "m manual")
        terminal.press("m")
        terminal.wait_for("PAGE 2 read")
        until(lambda: Path(f"{man}.pid").exists() and Path(f"{man}.pid").read_text().endswith("\n"), "man runs")
        reads = int(Path(f"{man}.pid").read_text())
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.exit() == 143
        assert terminal.flags() == (True, True)
        until(lambda: not Path(f"/proc/{reads}").exists(), "man has ended")


def test_who_else_has_a_pipe(waiting: int) -> None:
    with Terminal([*PROCDIVE, str(waiting)], columns=120, rows=30) as terminal:
        terminal.wait_for("COMMAND", str(waiting))
        terminal.press("l")
        terminal.wait_for("w who has it")
        terminal.press("w")
        terminal.wait_for("Who has 0 pipe", "have it", str(os.getpid()))
        terminal.wait(lambda: "looked at" not in terminal.text)
        terminal.press("escape")
        terminal.wait_for("w who has it")
