"""p, P and S on a real process: a look that follows, the pager on a deleted file, and a copy of one."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.model.having import Thing
from explorer.model.missing import Missing, Reason
from explorer.model.peek import Peeked
from explorer.render.piece import piece
from explorer.render.sheet import Row, Sheet
from tests.loopback import until
from tests.terminal import PROCDIVE, Terminal
from tests.ui.fakes import FakeFiles
from tests.ui.shown import Shown, shown

WRITES = """
import os, sys
log = open(sys.argv[1], "w", buffering=1)
for number in range(300):
    print(f"request {number}", file=log)
gone = open(sys.argv[2], "w+")
gone.write("precious\\n" * 1000)
gone.flush()
os.unlink(sys.argv[2])
print("ready", flush=True)
for line in sys.stdin:
    print(line.strip(), file=log)
"""


class Writer:
    """log, gone: numbers of its descriptors."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-c", WRITES, f"{folder}/app.log", f"{folder}/gone"]
        self.program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.program.stdout is not None
        assert self.program.stdout.readline() == "ready\n"
        links = {os.readlink(f"/proc/{self.program.pid}/fd/{name}"): name for name in os.listdir(f"/proc/{self.program.pid}/fd")}
        self.log, self.gone = links[f"{folder}/app.log"], links[f"{folder}/gone (deleted)"]

    def say(self, text: str) -> None:
        """It writes this line into its log."""
        assert self.program.stdin is not None
        self.program.stdin.write(text + "\n")
        self.program.stdin.flush()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    made = Writer(tmp_path)
    with made.program:
        yield made
        made.program.kill()


def on_descriptor(terminal: Terminal, writer: Writer, number: str) -> None:
    """Open its Files, and go to this one."""
    terminal.wait_for("COMMAND", str(writer.program.pid))
    terminal.press("l")
    terminal.wait_for("regular", "deleted")
    terminal.press("home", *["down"] * int(number))
    terminal.wait_for("p peek")


def test_a_log_is_followed_where_it_is_written(writer: Writer) -> None:
    with Terminal([*PROCDIVE, str(writer.program.pid)], columns=160, rows=45) as terminal:
        on_descriptor(terminal, writer, writer.log)
        terminal.press("p")
        terminal.wait_for(f"Peek {writer.log} ", "300 request 299", "here it writes on", "follows")
        writer.say("something new \x1b[31m")
        terminal.wait_for("301 something new \\e[31m")
        terminal.press("x")
        terminal.wait_for("1b 5b 33 31 6d", "00000d10  ")
        terminal.press("x", "escape")
        terminal.wait_for("p peek")
        terminal.press("q", "q")
        assert terminal.exit() == 0


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
def test_the_pager_has_a_deleted_file_and_the_screen_comes_back_whole(writer: Writer, size: tuple[int, int]) -> None:
    program = "import sys; print('PAGES', len(open(sys.argv[-1]).read()), sys.argv[1:-1]); input()"
    pager = f"{sys.executable} -c '{program.replace(chr(39), chr(34))}' -R"
    with Terminal([*PROCDIVE, str(writer.program.pid)], columns=size[0], rows=size[1], environment={"PAGER": pager}) as terminal:
        on_descriptor(terminal, writer, writer.gone)
        terminal.press("p")
        terminal.wait_for("precious", "deleted", "9,000 of 9,000 bytes")
        terminal.press("P")
        terminal.wait_for("PAGES 9000 ['-R']")
        assert terminal.flags() == (True, True)
        terminal.send("\r")
        terminal.wait_for("9,000 of 9,000 bytes", "PID")
        terminal.press("q", "q", "q")
        assert terminal.exit() == 0


def test_a_signal_while_the_pager_has_the_terminal_ends_both(writer: Writer, tmp_path: Path) -> None:
    program = f'import os; open("{tmp_path}/pid", "w").write(f"{{os.getpid()}}."); print("PAGES"); input()'
    with Terminal([*PROCDIVE, str(writer.program.pid)], environment={"PAGER": f"{sys.executable} -c '{program}'"}) as terminal:
        on_descriptor(terminal, writer, writer.log)
        terminal.press("p")
        terminal.wait_for("here it writes on")
        terminal.press("P")
        terminal.wait_for("PAGES")
        pid = (tmp_path / "pid").read_text().rstrip(".")
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.exit() == 143
        assert terminal.flags() == (True, True)
        until(lambda: not Path(f"/proc/{pid}").exists(), "the pager has ended")


def test_no_pager_is_said(writer: Writer) -> None:
    with Terminal([*PROCDIVE, str(writer.program.pid)], columns=120, environment={"PAGER": "/nowhere/pager"}) as terminal:
        on_descriptor(terminal, writer, writer.log)
        terminal.press("p")
        terminal.wait_for("here it writes on")
        terminal.press("P")
        terminal.wait_for("there is no /nowhere/pager here")


def test_a_copy_of_a_deleted_file(writer: Writer, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with Terminal([*PROCDIVE, str(writer.program.pid)], columns=120, rows=30) as terminal:
        on_descriptor(terminal, writer, writer.gone)
        terminal.press("p")
        terminal.wait_for("9,000 of 9,000 bytes")
        terminal.press("S")
        terminal.wait_for("Copy to: gone.copy")
        terminal.press("ctrl+u")
        terminal.send(f"{tmp_path}/there\r")
        terminal.wait_for("there is there already")
        terminal.press("S")
        terminal.wait_for("Copy to")
        terminal.press("ctrl+u")
        terminal.send(f"{tmp_path}/saved\r")
        terminal.wait_for("copied 9,000 bytes to ")
        writer.program.kill()
        terminal.wait(lambda: "gone" in terminal.text)
    assert (tmp_path / "there").read_text() == "mine"
    assert (tmp_path / "saved").read_bytes() == b"precious\n" * 1000
    assert (tmp_path / "saved").stat().st_mode & 0o777 == 0o600


class Rows(FakeFiles):
    """A descriptor with data, and something without."""

    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:
        thing = Thing("4 /srv/x", "/srv/x", 4)
        return Sheet(
            (Row("a", (piece("a file"),), thing=thing), Row("b", (piece("nothing"),), thing=Thing("5", "anon_inode:[eventfd]", 5)))
        )


def looked(facts: Peeked | Missing, monkeypatch: pytest.MonkeyPatch) -> None:
    class Still:
        at_end = False

        def __init__(self, *_: object) -> None:
            pass

        def step(self) -> Peeked | Missing:
            return facts

    monkeypatch.setattr("explorer.collect.peek.Peek", Still)


FILE = Peeked(4, "/srv/x", "r", 4, 8, 4, 0, b"one\ntwo\n", 1, identity=(1, 1))


async def opened(screen: Shown) -> None:
    await screen.press("l", "home", "p")
    await screen.until_text("Peek 4 /srv/x")


async def test_the_key_line_names_it_only_where_it_does_something(monkeypatch: pytest.MonkeyPatch) -> None:
    looked(FILE, monkeypatch)
    async with shown((120, 30), panes=(Rows,)) as screen:
        await screen.press("l", "home")
        assert "p peek" in screen.lines[-1]
        await screen.press("down")
        await screen.until(lambda: "p peek" not in screen.lines[-1])
        await opened(screen)
        assert "P pager" in screen.lines[-1]
        assert "S save a copy" in screen.lines[-1]
        await screen.press("escape")
        assert "Peek 4" not in screen.text
        feed = screen.app.asides.peeking._feed
        await screen.until(lambda: feed._slots["peek"].wish is None)


async def test_a_copy_that_cannot_begin_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    looked(FILE, monkeypatch)
    monkeypatch.chdir(tmp_path)
    async with shown((120, 30), panes=(Rows,)) as screen:
        await opened(screen)
        await screen.press("S", "enter")
        await screen.until_text("not copied: ")
    assert list(tmp_path.iterdir()) == []


async def test_a_copy_is_stopped_and_taken_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from explorer.model.copied import Copied

    looked(FILE, monkeypatch)
    monkeypatch.chdir(tmp_path)
    stopped: list[bool] = []

    class Long:
        def __init__(self, _system: object, _pid: int, look: Peeked, place: str, target: int) -> None:
            self.place = place
            os.close(target)

        def step(self) -> Copied:
            return Copied(self.place, 4, 8, 4, 1.0)

        def stop(self) -> None:
            stopped.append(True)

    monkeypatch.setattr("explorer.collect.copying.Copy", Long)
    async with shown((120, 30), panes=(Rows,)) as screen:
        await opened(screen)
        await screen.press("S", "enter")
        await screen.until_text("50% of 8")
        assert (tmp_path / "x.copy").exists()
        await screen.press("S")
        await screen.until_text("stopped: the part that was copied is removed")
        assert list(tmp_path.iterdir()) == []
        await screen.press("S", "enter")
        await screen.until_text("50% of 8")
        screen.app.asides.stop()
        assert list(tmp_path.iterdir()) == []
    assert len(stopped) == 2


async def test_what_cannot_be_looked_into_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    looked(Missing(Reason.UNSUPPORTED, "4 /srv/x is a device", "only files"), monkeypatch)
    async with shown((120, 30), panes=(Rows,)) as screen:
        await screen.press("l", "home", "p")
        await screen.until_text("4 /srv/x is a device: unsupported — only files")
        await screen.press("S")
        assert "only a regular file can be copied" in screen.text
