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
from tests.specimens.hostile import COMMS, Company, Hostile
from tests.specimens.hung import Hung

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
    rows = {record["id"]["pid"]: record for record in run("ps", "--json").records}
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
    row = {record["id"]["pid"]: record for record in run("ps", "--json").records}[hostile.argv]
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
    rows = {record["id"]["pid"]: record for record in run("ps", "--json").records}
    for kind, pid in hung.items():
        assert rows[pid]["comm"].startswith("python"), kind
    assert rows[hung["jammed"]]["state"] == "D"
    assert rows[hung["jammed"]]["argv"]["missing"] == "timed out"
