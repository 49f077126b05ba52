"""The tree of the real program on real processes, in a terminal."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.specimens.hostile import Company
from tests.terminal import PROCDIVE, Terminal

FAMILY = """
import subprocess, sys
children = [subprocess.Popen(["sleep", str(3000 + n)]) for n in range(3)]
print(*[child.pid for child in children], flush=True)
sys.stdin.read()
for child in children:
    child.kill()
    child.wait()
"""


@contextmanager
def family() -> Iterator[tuple[int, list[int]]]:
    """A process with three children that sleep 3000, 3001 and 3002 seconds; all are ended at the end."""
    parent = subprocess.Popen([sys.executable, "-c", FAMILY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert parent.stdout is not None
        yield parent.pid, [int(pid) for pid in parent.stdout.readline().split()]
    finally:
        parent.communicate()


def row(terminal: Terminal, pid: int, command: str) -> None:
    """Wait until the row of that process is on the screen, and its command line with it; other tests have sleepers too."""
    terminal.wait(lambda: any(f" {pid} " in line[:12] and f"─{command}" in line for line in terminal.lines))


def ended(pid: int) -> bool:
    """Gone, or a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_a_filter_a_pid_and_a_signal() -> None:
    with family() as (parent, children), Terminal(columns=100, rows=30) as terminal:
        terminal.wait_for("COMMAND")
        terminal.press("f4")
        terminal.send(f"pid:{','.join(map(str, children))}")
        terminal.wait_for("filter pid:")
        terminal.press("enter")
        row(terminal, children[1], "sleep 3001")
        terminal.send(str(children[1]))
        terminal.wait_for(f"PID {children[1]}▏")
        terminal.press("f9")
        terminal.wait_for(f"Send to {children[1]} sleep 3001", "▸15 SIGTERM", "Enter sends SIGTERM")
        terminal.press("enter")
        terminal.wait_for(f"SIGTERM sent to {children[1]} sleep 3001")
        terminal.wait(lambda: ended(children[1]))
        assert not ended(children[0])
        assert not ended(parent)


def test_a_number_that_the_filter_hides_keeps_keys_waiting() -> None:
    with family() as (_, children), Terminal(columns=100, rows=30) as terminal:
        terminal.wait_for("COMMAND")
        terminal.press("f4")
        terminal.send(f"pid:{children[0]}")
        terminal.wait_for("filter pid:")
        terminal.press("enter")
        row(terminal, children[0], "sleep 3000")
        terminal.send(str(children[2]))
        terminal.wait_for(f"PID {children[2]}▏ is hidden by the filter", "Enter shows it")
        terminal.press("f9")
        terminal.settle()
        assert "Send to" not in terminal.text
        terminal.press("enter")
        row(terminal, children[2], "sleep 3002")
        terminal.press("f9")
        terminal.wait_for(f"Send to {children[2]} sleep 3002")
        terminal.press("escape")
        terminal.settle()
        assert not ended(children[2])


def test_births_and_deaths_are_marked() -> None:
    with family() as (parent, children), Terminal([*PROCDIVE, str(parent)], columns=100, rows=30) as terminal:
        row(terminal, children[0], "sleep 3000")
        terminal.press("space")
        terminal.wait(lambda: any(line.startswith("*") for line in terminal.lines))
        own = f"{100_000 + parent}"  # other tests have sleepers too
        terminal.press("f4")
        terminal.send(own)
        terminal.wait_for(f"Filter: {own}")
        late = subprocess.Popen(["sleep", own])
        try:
            terminal.wait(lambda: any(line.startswith("+") and f"sleep {own}" in line for line in terminal.lines))
        finally:
            late.send_signal(signal.SIGKILL)
            late.wait()
        terminal.wait(lambda: any(line.startswith("-") and str(late.pid) in line and "sleep" in line for line in terminal.lines))
        assert not ended(children[0])


def test_case_74_no_escape_of_theirs_reaches_the_terminal(tmp_path: Path) -> None:
    """Every row of hostile processes is on the screen, found, filtered, asked about and read whole."""
    with Company(tmp_path) as hostile, Terminal(columns=120, rows=40) as terminal:
        terminal.wait_for("COMMAND")
        terminal.press("f4")
        terminal.send(f"pid:{','.join(map(str, hostile.pids))}")
        terminal.wait(lambda: all(str(pid) in terminal.text for pid in hostile.pids))
        terminal.press("enter")
        for key in ("w", "f9", "f8", "i", "a"):
            terminal.send(str(hostile.argv))
            terminal.wait_for(f"PID {hostile.argv}▏")
            terminal.press(key)
            terminal.wait(lambda: "Esc" in terminal.text)
            terminal.settle()
            terminal.press("escape")
            terminal.settle()
        terminal.press("slash")
        terminal.send("PWN")
        terminal.settle()
        terminal.press("enter", "t", "N", "p")
        terminal.settle()
        for poison in (b"\x1b]0;PWN", b"\x1b]52;c;cHdu", b"\x1b[31mRED", "\u202e".encode()):
            assert poison not in terminal.raw


@pytest.mark.parametrize("key", ["f7", "f8", "i", "a"])
def test_what_changes_a_process_asks_first(key: str) -> None:
    with family() as (_, children), Terminal([*PROCDIVE, str(children[0])], columns=80, rows=24) as terminal:
        row(terminal, children[0], "sleep 3000")
        terminal.press(key)
        terminal.wait_for(f"of {children[0]} sleep 3000")
        terminal.press("enter")
        terminal.wait(lambda: f"of {children[0]} sleep 3000" not in terminal.text)
        stat = Path(f"/proc/{children[0]}/stat").read_text().split()
        assert stat[18] == Path("/proc/self/stat").read_text().rpartition(")")[2].split()[16]
