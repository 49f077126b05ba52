"""Names chosen by strangers and processes that hang: nothing reaches the terminal raw, nothing blocks, the tree stays right."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.cli import COMMANDS
from explorer.cli.output import SGR
from tests.commands import Done, run
from tests.specimens.hostile import CLIPBOARD, COMMS, TITLE, TURN, Company, Hostile
from tests.specimens.hung import Hung
from tests.terminal import PROCDIVE, Terminal

pytestmark = pytest.mark.xdist_group("machine")

ABOUT_ONE = ("show", "fds", "stack")
ABOUT_ALL = ("ps", "fds", "doctor")
OURS = re.compile("|".join(re.escape(f"\x1b[{code}m") for code in {*SGR.values(), "0"}))
OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters and those that turn text around; a line's end alone is ours."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    with Company(tmp_path_factory.mktemp("hostile")) as company:
        yield company


@pytest.fixture(scope="module")
def hung() -> Iterator[dict[str, int]]:
    with Hung() as found:
        yield found.pids


def clean(done: Done) -> None:
    """Nothing that a terminal would obey, beyond our own colours; and something was said."""
    for text in (done.out, done.err):
        assert not OBEYED.search(OURS.sub("", text)), repr(text)
    assert done.out or done.err


def there(command: str) -> bool:
    return command in {known.name for known in COMMANDS}


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["text", "json"])
@pytest.mark.parametrize("command", ABOUT_ONE)
def test_case_74_no_escape_byte_of_one_process(hostile: Hostile, command: str, options: tuple[str, ...]) -> None:
    for pid in hostile.pids:
        done = run(command, str(pid), *options, colour=not options)
        assert done.status == 0, done.err
        clean(done)
        if options:
            assert done.out.isascii()
            assert done.records


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["text", "json"])
@pytest.mark.parametrize("command", ABOUT_ALL)
def test_case_74_no_escape_byte_of_the_machine(hostile: Hostile, command: str, options: tuple[str, ...]) -> None:
    clean(run(command, *(["--all"] if command == "fds" else []), *options, colour=not options))


def test_the_tree_stays_right(hostile: Hostile) -> None:
    rows = {record["pid"]: record for record in run("ps", "--json").records}
    for key, pid in hostile.comms.items():
        row = rows[pid]
        assert (row["ppid"], row["state"], row["pgrp"]) == (os.getpid(), "S", os.getpgid(pid)), key
        exact = bytes.fromhex(row["comm_hex"]) if "comm_hex" in row else row["comm"].encode()
        assert exact == COMMS[key][:15]
    lines = run("ps").out.splitlines()
    for pid in hostile.pids:
        assert sum(bool(re.search(rf"\b{pid}\b", line)) for line in lines) >= 1
    assert len(lines) <= len(rows) + 2


def test_arguments_are_exact(hostile: Hostile) -> None:
    argv = Path(f"/proc/{hostile.argv}/cmdline").read_bytes()
    row = {record["pid"]: record for record in run("ps", "--json").records}[hostile.argv]
    found = [bytes.fromhex(text) for text in row["argv_hex"]] if "argv_hex" in row else [text.encode() for text in row["argv"]]
    assert b"\0".join(found) + b"\0" == argv


@pytest.mark.root
@pytest.mark.parametrize("command", [*ABOUT_ONE, "ps"])
def test_no_read_of_a_hung_process_blocks_a_command(hung: dict[str, int], command: str) -> None:
    for kind, pid in hung.items():
        start = time.monotonic()
        done = run(command, *([] if command == "ps" else [str(pid)]))
        assert time.monotonic() - start < 10, kind
        assert done.out, (kind, done.err)
        clean(done)


@pytest.mark.root
def test_the_table_has_hung_processes_with_what_is_known(hung: dict[str, int]) -> None:
    rows = {record["pid"]: record for record in run("ps", "--json").records}
    for kind, pid in hung.items():
        assert rows[pid]["comm"].startswith("python"), kind
    assert rows[hung["jammed"]]["state"] == "D"
    assert rows[hung["jammed"]]["argv"]["missing"] == "timed out"


OUTSIDE = (TITLE, CLIPBOARD, b"\x1b[31mRED", b"\x9b31m", b"\xc2\x9b", TURN, b"\x07")
"""What must not reach the terminal, as bytes."""


def go(terminal: Terminal, pid: int) -> None:
    """To the tree, and to a process by its number. Escape is followed by nothing at once: that would be Alt and a key."""
    terminal.press("escape")
    terminal.settle(0.2)
    if "q tree" in terminal.lines[-1]:
        terminal.press("q")  # once: in the tree it quits
    terminal.wait_for("q quit")
    terminal.send(str(pid))
    terminal.wait(lambda: subject(terminal) == pid)
    terminal.press("escape")
    terminal.settle(0.2)


def look(terminal: Terminal, pid: int, panes: str = "lboveL") -> None:
    """Go to a process, and through its panes, each with a row unfolded."""
    go(terminal, pid)
    for letter in panes:
        terminal.press(letter)
        terminal.settle(0.15)
        terminal.press("enter")
        terminal.settle(0.15)


def subject(terminal: Terminal) -> int:
    """Whose card it is."""
    for line in terminal.lines:
        found = re.match(r".*│ *(\d+) \S", line)
        if found:
            return int(found[1])
    return 0


def test_case_74_no_escape_byte_from_the_screen(hostile: Hostile) -> None:
    with Terminal([*PROCDIVE, str(hostile.place)], columns=120, rows=40) as terminal:
        terminal.wait_for("COMMAND", "Overview")
        terminal.wait(lambda: subject(terminal) == hostile.place)
        for pid in (hostile.place, hostile.argv, hostile.environment):
            look(terminal, pid)
        for pid in (*hostile.comms.values(), hostile.empty):
            look(terminal, pid, "b")
        terminal.press("f4")
        terminal.settle(0.15)
        terminal.send(r"comm:PWN")
        terminal.press("enter")
        terminal.settle()
        shown = terminal.raw.replace(b"\x1b]11;?\x07", b"")  # our own question after the background's colour
        terminal.press("f10")
        terminal.exit()
    for obeyed in OUTSIDE:
        assert obeyed not in shown, obeyed
    assert b"\x1b]" not in shown, "a title, or the clipboard"


def test_no_markup_is_executed_on_the_screen(hostile: Hostile) -> None:
    with Terminal([*PROCDIVE, str(hostile.comms["markup"])], columns=120, rows=40) as terminal:
        terminal.wait(lambda: subject(terminal) == hostile.comms["markup"])
        terminal.wait_for("b Stack")
        terminal.press("b")
        terminal.wait_for("[/red]")
        go(terminal, hostile.comms["click"])
        terminal.wait_for("[@click=")


@pytest.mark.root
def test_a_hung_process_blocks_no_key_and_no_end(hung: dict[str, int]) -> None:
    with Terminal([*PROCDIVE, str(hung["jammed"])], columns=120, rows=40) as terminal:
        terminal.wait(lambda: subject(terminal) == hung["jammed"])
        terminal.wait_for("Overview")
        for pid in hung.values():
            go(terminal, pid)
            for letter in "lboveL":
                terminal.press(letter)
                terminal.settle(0.1)
            terminal.press("f1")
            terminal.wait_for("Help:", deadline=2)
            terminal.press("escape")
            terminal.wait(lambda: "Help:" not in terminal.text, deadline=2)
        terminal.press("f10")
        assert terminal.exit(2) == 0
