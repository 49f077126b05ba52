"""The terminal is as before, however the program ends; it suspends and comes back whole; it needs one and says so."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.loopback import until
from tests.terminal import TREE, Terminal

PROGRAM = (sys.executable, "-m", "tests.ui.program")
RESTORED = (b"\x1b[?1000l", b"\x1b[?1002l", b"\x1b[?1003l", b"\x1b[?1006l", b"\x1b[?2004l", b"\x1b[?7h", b"\x1b[?1049l", b"\x1b[?25h")
SHELL = ("bash", "--norc", "--noprofile", "-i")


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with Terminal(PROGRAM) as opened:
        opened.wait_for("COMMAND", "nginx: master")
        yield opened


def assert_restored(terminal: Terminal) -> None:
    """Modes off, cursor on, echo and canonical input as before."""
    assert_left(terminal)
    assert terminal.flags() == (True, True)


def assert_left(terminal: Terminal) -> None:
    """Modes off, cursor on, and none of ours on again. bash itself has bracketed paste on while it waits for a line."""
    last = terminal.raw.rindex(b"\x1b[?1049h")
    for mode in RESTORED:
        assert mode in terminal.raw[last:], mode
    end = terminal.raw[terminal.raw.rindex(b"\x1b[?1049l") :]
    assert not re.search(rb"\x1b\[\?(1000|1002|1003|1006|1049)h|\x1b\[\?25l|\x1b\[\?7l", end)


def children_of(pid: int) -> set[int]:
    """Every process that has this ancestor, or had it and says so by its session's leader being gone."""
    out = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True, timeout=20)
    pairs = [tuple(map(int, row.split())) for row in out.stdout.splitlines()]
    found, grown = {pid}, True
    while grown:
        more = {child for child, parent in pairs if parent in found} - found
        grown = bool(more)
        found |= more
    return found - {pid}


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_case_77_after_a_signal_the_terminal_is_as_before(terminal: Terminal, number: signal.Signals, status: int) -> None:
    children = children_of(terminal.process.pid)
    begun = time.monotonic()
    terminal.process.send_signal(number)
    assert terminal.exit() == status
    assert time.monotonic() - begun < 5
    assert_restored(terminal)
    assert b"Traceback" not in terminal.raw
    assert not [child for child in children if os.path.exists(f"/proc/{child}") and "Z" not in state(child)]


def state(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


@pytest.mark.parametrize("keys", [("q",), ("f10",), ("ctrl+c",), ("l", "q", "q"), ("f1", "f10"), ("f9", "ctrl+c")])
def test_every_way_to_quit_leaves_the_terminal_as_it_was(terminal: Terminal, keys: tuple[str, ...]) -> None:
    for key in keys:
        terminal.press(key)
        terminal.settle(0.2)
    assert terminal.exit() == 0
    assert_restored(terminal)


def test_case_77_quitting_does_not_wait_for_a_read_that_hangs(terminal: Terminal) -> None:
    terminal.press("o")
    terminal.settle(0.3)
    begun = time.monotonic()
    terminal.press("f10")
    assert terminal.exit() == 0
    assert time.monotonic() - begun < 5
    assert_restored(terminal)


def test_case_77_an_exception_inside_a_pane_is_one_line_and_the_program_goes_on(terminal: Terminal) -> None:
    terminal.press("e")
    terminal.wait_for("A fault of procdive itself in pane Environment")
    terminal.press("L")
    terminal.wait_for("A fault of procdive itself in pane Limits")
    terminal.press("l")
    terminal.wait_for("/var/log/nginx/access.log")
    terminal.press("q", "q")
    assert terminal.exit() == 0
    assert_restored(terminal)
    assert b"Traceback" not in terminal.raw


def test_case_77_a_fault_that_nobody_caught_ends_with_one_line() -> None:
    with Terminal(PROGRAM, environment={"BREAK": "1"}) as terminal:
        terminal.wait_for("nginx: master")
        terminal.press("ctrl+l")
        assert terminal.exit() == 1
        assert_restored(terminal)
        said = terminal.raw[terminal.raw.rindex(b"\x1b[?25h") + 6 :].decode().split("\r\n")
        words = "procdive: ended by a fault of its own in the screen: ZeroDivisionError: a fault made by the test; details in "
        assert said[0].startswith(words)
        assert said[1:] == [""]


def test_only_modes_that_are_undone_are_ever_switched_on(terminal: Terminal) -> None:
    terminal.press("f10")
    terminal.exit()
    on = set(re.findall(rb"\x1b\[\?(\d+)h", terminal.raw)) - {b"7", b"25"}
    off = set(re.findall(rb"\x1b\[\?(\d+)l", terminal.raw))
    assert on == {b"1049", b"2004", b"1000", b"1006"}
    assert on <= off
    assert not re.search(rb"\x1b\[[<>=]", terminal.raw)


def test_no_mouse_leaves_the_mouse_to_the_terminal_and_a_key_takes_it() -> None:
    with Terminal((*PROGRAM, "--no-mouse")) as terminal:
        terminal.wait_for("nginx: master")
        assert b"\x1b[?1000h" not in terminal.raw
        terminal.press("ctrl+g")
        terminal.wait_for("the mouse is procdive's")
        assert terminal.raw.endswith(b"h") or b"\x1b[?1000h" in terminal.raw
        terminal.press("ctrl+g")
        terminal.wait_for("the mouse is the terminal's")
        assert terminal.raw.rindex(b"\x1b[?1000l") > terminal.raw.rindex(b"\x1b[?1000h")


def suspended_shell(terminal: Terminal) -> None:
    """An interactive bash runs the program."""
    terminal.wait_for("bash")
    terminal.send("PS1='rea''dy$ '\r")
    terminal.wait_for("ready$")
    terminal.send(" ".join(PROGRAM) + "\r")
    terminal.wait_for("nginx: master", "access.log", "F1 help")


def job_of(terminal: Terminal) -> int:
    """The program that bash runs."""
    return next(pid for pid in sorted(children_of(terminal.process.pid)))


def back(terminal: Terminal) -> None:
    terminal.send("fg\r")
    terminal.wait(lambda: terminal.lines[0].startswith(" web1") and "nginx: master" in terminal.text and "F1 help" in terminal.text)


def test_case_78_ctrl_z_gives_the_shell_back_and_fg_the_whole_screen() -> None:
    with Terminal(SHELL, environment={"TERM": "xterm-256color", "PYTHONPATH": str(TREE)}) as terminal:
        suspended_shell(terminal)
        before = terminal.text
        job = job_of(terminal)
        terminal.press("ctrl+z")
        terminal.wait_for("Stopped")
        assert state(job) == "T"
        assert_left(terminal)
        terminal.send("stty -a | tr ' ' '\\n' | grep -x -e '-*echo' -e '-*icanon' | sort | xargs; echo o''k\r")
        terminal.wait(lambda: "ok" in terminal.lines)
        assert "echo icanon" in terminal.lines
        terminal.resize(100, 30)
        terminal.send("\r")
        terminal.settle()
        begun = time.monotonic()
        back(terminal)
        assert time.monotonic() - begun < 5
        terminal.wait(lambda: terminal.lines[29].startswith(" F1 help"))
        terminal.resize(80, 24)
        terminal.wait(lambda: terminal.text == before)
        terminal.press("q")
        terminal.wait(lambda: b"ready$" in terminal.raw[terminal.raw.rindex(b"\x1b[?1049h") :])
        assert_left(terminal)


def test_case_78_an_outside_sigtstp_and_a_sigstop() -> None:
    with Terminal(SHELL) as terminal:
        suspended_shell(terminal)
        job = job_of(terminal)
        os.kill(job, signal.SIGTSTP)
        terminal.wait_for("Stopped")
        assert state(job) == "T"
        assert_left(terminal)
        back(terminal)
        os.kill(job, signal.SIGSTOP)
        terminal.wait(lambda: b"Stopped" in terminal.raw[terminal.raw.rindex(b"\x1b[?1049h") :])
        back(terminal)
        os.kill(job, signal.SIGTERM)
        terminal.wait(lambda: terminal.raw.rfind(b"\x1b[?1049l") > terminal.raw.rfind(b"\x1b[?1049h"))
        assert_left(terminal)


def test_ctrl_z_where_nobody_could_wake_it_only_draws_again(terminal: Terminal) -> None:
    """As under `ssh -t HOST procdive`: the group is orphaned, and stopping would be for ever."""
    terminal.press("ctrl+z")
    terminal.settle()
    assert state(terminal.process.pid) != "T"
    terminal.wait_for("nginx: master", "F1 help")
    terminal.press("q")
    assert terminal.exit() == 0
    assert_restored(terminal)


@pytest.mark.parametrize("stream", [0, 1, 2])
def test_case_80_a_redirected_stream_does_not_take_the_screen_away(stream: int) -> None:
    read, write = os.pipe()
    with Terminal(PROGRAM, redirect={stream: read if stream == 0 else write}) as terminal:
        os.close(read if stream == 0 else write)
        if stream == 0:
            os.write(write, b"qqqqqx")
            os.close(write)
        terminal.wait_for("nginx: master", "F1 help")
        terminal.press("q")
        assert terminal.exit() == 0
        assert_restored(terminal)
    if stream:
        os.set_blocking(read, False)
        assert os.read(read, 100) == b""
        os.close(read)


def test_case_80_without_any_terminal_one_line_says_so() -> None:
    begun = time.monotonic()
    out = subprocess.run(
        [*PROGRAM], stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True, cwd=TREE, timeout=30, check=False
    )
    assert time.monotonic() - begun < 10
    assert out.returncode == 1
    assert out.stdout == b""
    assert out.stderr.startswith(b"procdive: no terminal")
    assert out.stderr.count(b"\n") == 1


def test_a_hang_up_of_the_line_ends_the_program() -> None:
    with Terminal(PROGRAM) as terminal:
        terminal.wait_for("nginx: master")
        os.close(terminal.slave)
        os.close(terminal.master)
        status = terminal.process.wait(10)
        terminal.master, terminal.slave = pty.openpty()
    assert status == 129


def test_a_terminal_that_takes_no_more_bytes_does_not_hold_the_program() -> None:
    with Terminal(PROGRAM, columns=200, rows=60) as terminal:
        terminal.wait_for("nginx: master")

        # Nobody reads any more: in the end the pseudo-terminal is full.
        def full() -> bool:
            terminal.send("zz")
            return not select.select([], [terminal.slave], [], 0)[1]

        until(full, "a full terminal")
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.process.wait(10) == 143
        terminal.settle(0.1)
        assert terminal.flags() == (True, True)
