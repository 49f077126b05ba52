"""A process's figures in ps's words; a command that a shell turns back into the same bytes."""

import subprocess
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.text import exact, text
from explorer.model.process import ProcessId
from explorer.model.snapshot import Machine, Process
from explorer.render.printable import printable
from explorer.render.process import clock_time, cpu_share, elapsed, memory_share, shell_command, shell_word, started

MACHINE = Machine("host", 1000.0, 1_800_000_000.0, (0.0, 0.0, 0.0), 0.0, 0.0, 2, 0, 1 << 30, 0, 0)
SLEEP = Process(
    id=ProcessId(7, 90_000), ppid=1, comm="sleep", argv=("sleep",), state="S", pgrp=7, session=7, tty="?", flags=0, utime=3000, stime=700,
    priority=20, nice=0, threads=1, vsize=0, rss=1 << 28, uid=0, user="root",
)  # fmt: skip


def test_figures_of_ps() -> None:
    assert clock_time(SLEEP) == "00:00:37"
    assert elapsed(SLEEP, MACHINE) == 100.0
    assert cpu_share(SLEEP, MACHINE) == 37
    assert cpu_share(replace(SLEEP, utime=10**9), MACHINE) == 99
    assert cpu_share(replace(SLEEP, id=ProcessId(7, 200_000)), MACHINE) == 0
    assert memory_share(SLEEP, MACHINE) == 25.0
    assert memory_share(SLEEP, replace(MACHINE, memory_total=0)) == 0.0
    assert started(SLEEP, MACHINE)


@pytest.mark.parametrize(
    ("argument", "word"),
    [("sleep", "sleep"), ("", "''"), ("a b", "'a b'"), ("'", r"''\'''"), ("c\nd", r"$'c\nd'"), ("\udcff\x1b]0;", r"$'\xff\x1b]0;'"),
     ("c\\nd", r"'c\nd'"), ("$HOME", "'$HOME'"), ("grün", "'grün'"), ("\u202e", r"$'\xe2\x80\xae'"), ("a\tb'\\", r"$'a\tb\'\\'")],
)  # fmt: skip
def test_a_word_for_the_shell(argument: str, word: str) -> None:
    assert shell_word(argument) == word


@pytest.mark.oracle("bash")
@given(st.lists(st.binary(max_size=12).filter(lambda raw: b"\0" not in raw), min_size=1, max_size=12))
@settings(max_examples=30, deadline=None)
def test_case_10_bash_gives_back_the_same_bytes(raw: list[bytes]) -> None:
    words = " ".join(shell_word(text(argument)) for argument in raw)
    assert printable(words) == words
    out = subprocess.run(["bash", "-c", f"printf '%s\\0' {words}"], capture_output=True, check=True).stdout
    assert out == b"".join(argument + b"\0" for argument in raw)


@pytest.mark.oracle("bash")
@pytest.mark.parametrize(
    "argv", [("cat", "/proc/self/cmdline"), ("", "/proc/self/cmdline"), ("-x y\n", "/proc/self/cmdline", "/dev/null", "\udcff", "")]
)
def test_case_10_a_copied_command_has_the_same_argv(argv: tuple[str, ...]) -> None:
    command = shell_command(argv, "/usr/bin/cat")
    out = subprocess.run(["bash", "-c", command], capture_output=True).stdout
    assert out == b"".join(exact(argument) + b"\0" for argument in argv)


def test_a_name_that_leads_to_the_program_is_kept() -> None:
    assert shell_command(("python3", "-c", ""), "/usr/bin/python3.11") == "python3 -c ''"
    assert shell_command(("-bash",), "/usr/bin/bash") == "(exec -a -bash /usr/bin/bash)"
    assert shell_command((), "/usr/bin/x y") == "'/usr/bin/x y'"
