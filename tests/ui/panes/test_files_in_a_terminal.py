"""The Files pane of real processes, in a terminal."""

import os
import re
import time
from pathlib import Path

import pytest

from tests.specimens.files_live import Live
from tests.specimens.holds import Holds
from tests.specimens.hung import Hung
from tests.terminal import PROCDIVE, Terminal


def on(pid: int, columns: int = 80, rows: int = 24) -> Terminal:
    """The screen, opened on that process."""
    return Terminal((*PROCDIVE, str(pid)), columns=columns, rows=rows)


def zoomed(terminal: Terminal) -> None:
    """Its files, over the whole screen."""
    terminal.wait_for("l Files")
    terminal.press("l", "z")
    terminal.wait(lambda: "size · queue · peer" in terminal.text)


def test_a_file_that_is_read_has_a_bar_and_its_reader_of_a_log_is_at_its_end(tmp_path: Path) -> None:
    with Live(tmp_path) as it, on(it.pid) as terminal:
        terminal.wait(lambda: re.search(r"regular +r  \S*/big +[█▌]*─+ +\d+% \+\d\.\dM/s \d+ (s|min)", terminal.text), 30)
        terminal.wait(lambda: re.search(r"regular +r  \S*/log +.*at its end \+\d\.\dK/s", terminal.text))
        terminal.wait(lambda: re.search(r"regular +w  \S*/log +\S+ \+\d\.\dK/s", terminal.text))
        it.do("stop")
        terminal.wait(lambda: not re.search(r"[KM]/s", terminal.text), 30)
        assert re.search(r"/big +64M at \S+", terminal.text)
        assert re.search(r" r  \S*/log +\S+ at its end", terminal.text)


def test_what_is_opened_and_closed_is_marked_and_counted(tmp_path: Path) -> None:
    with Live(tmp_path) as it, on(it.pid, 160, 45) as terminal:
        it.do("stop")
        terminal.wait(lambda: re.search(r"\n[^\n]*\d+ of [\d,]+ · ls -l", terminal.text))
        it.do("open")
        terminal.wait(lambda: re.search(r"│\+ +\d+ regular +rw +\S*/one", terminal.text))
        it.do("close")
        terminal.wait(lambda: re.search(r"│- +\d+ regular +rw +\S*/one +closed \d s ago", terminal.text))
        terminal.wait(lambda: "/one" not in terminal.text)


def test_of_thousands_all_come_and_the_screen_goes_on(tmp_path: Path) -> None:
    with Live(tmp_path) as it, on(it.pid) as terminal:
        it.do("many")
        zoomed(terminal)
        count = len(os.listdir(f"/proc/{it.pid}/fd"))
        terminal.wait_for(f"l Files {count}")
        terminal.press("end")
        terminal.wait(lambda: re.search(rf"^.? *{count - 1} chr +r  /dev/null", terminal.text, re.MULTILINE))
        terminal.wait(lambda: "not read yet" not in terminal.text)
        terminal.press("home", "/", "n", "o", "n", "e", " ", "s", "u", "c", "h")
        terminal.wait_for("Search: none such")
        terminal.press("escape")
        terminal.wait(lambda: re.search(r"^.? +0 pipe", terminal.text, re.MULTILINE) and "Search" not in terminal.text)


def stays(terminal: Terminal, number: int) -> object:
    """Whether the row of that descriptor, one of those that stay open, is there."""
    return re.search(rf"^.? +{number} \w+ +\S+ +\S*closed/stays", terminal.text, re.MULTILINE)


def test_case_24_hundreds_of_descriptors_come_and_go_on_the_screen(tmp_path: Path) -> None:
    try:
        with Holds("changing", str(tmp_path)) as it, on(it.pid) as terminal:
            zoomed(terminal)
            for _ in range(5):
                terminal.wait(lambda: all(stays(terminal, number) for number in range(3, 13)))
                terminal.pump(1.0)
            assert terminal.process.poll() is None
            assert "Process gone" not in terminal.text
    finally:
        if (tmp_path / "closed").exists():
            os.chmod(tmp_path / "closed", 0o700)


@pytest.mark.root
@pytest.mark.xdist_group("machine")
def test_case_36_a_file_system_that_never_answers_on_the_screen() -> None:
    with Hung() as hung:
        pid = hung.pids["opened"]
        links = {int(name): os.readlink(f"/proc/{pid}/fd/{name}") for name in os.listdir(f"/proc/{pid}/fd")}
        hangs = next(number for number, link in links.items() if link.endswith("/file"))
        with on(pid) as terminal:
            zoomed(terminal)
            terminal.wait(lambda: re.search(rf" {hangs} file .*did not answer", terminal.text))
            others = [number for number in links if number != hangs]
            terminal.wait(lambda: all(re.search(rf"^.? +{number} \w+", terminal.text, re.MULTILINE) for number in others))
            start = time.monotonic()
            terminal.press("q", "q", "q")
            terminal.exit()
            assert time.monotonic() - start < 10
