"""`procdive` without a command."""

import argparse
import os
import threading
from typing import Any

import pytest

from explorer.cli import COMMANDS
from explorer.cli.completion import FILES, completion
from explorer.cli.main import version
from explorer.cli.start import FASTEST, SLOWEST, options, start

Call = tuple[str, dict[str, Any]]


class Screen:
    """What the screen was opened with."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    def __call__(self, target: str, **given: Any) -> int:
        self.calls.append((target, given))
        return 42


@pytest.fixture
def screen() -> Screen:
    return Screen()


def opened(screen: Screen, *words: str) -> Call:
    assert start(words, screen) == 42
    return screen.calls.pop()


def refused(screen: Screen, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What is said of wrong usage: one line."""
    assert start(words, screen) == 2
    assert screen.calls == []
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


def test_nothing_said_opens_the_screen_with_nothing(screen: Screen) -> None:
    assert opened(screen) == ("", {})


def test_a_name_is_handed_over(screen: Screen) -> None:
    assert opened(screen, "nginx") == ("nginx", {"note": "", "theme": "", "mouse": None, "interval": 0.0})
    assert opened(screen, "open", "ps")[0] == "ps"
    assert opened(screen, "open", "open")[0] == "open"


def test_a_pid_is_one_that_is_there(screen: Screen) -> None:
    assert opened(screen, str(os.getpid()))[0] == str(os.getpid())
    assert opened(screen, f"0{os.getpid()}")[0] == str(os.getpid())


def test_a_thread_opens_its_process_and_says_so(screen: Screen) -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        target, given = opened(screen, str(thread.native_id))
    finally:
        over.set()
        thread.join()
    assert target == str(os.getpid())
    assert given["note"] == f"{thread.native_id} is a thread of {os.getpid()}"


def test_a_pid_that_is_not_there(screen: Screen, capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["999999999"], screen) == 1
    assert screen.calls == []
    err = capsys.readouterr().err
    assert "process 999999999" in err
    assert "procdive ps" in err


def test_options_are_handed_over(screen: Screen) -> None:
    target, given = opened(screen, "--theme", "mono", "--no-mouse", "--interval", "0.5", "nginx")
    assert (target, given) == ("nginx", {"note": "", "theme": "mono", "mouse": False, "interval": 0.5})


@pytest.mark.parametrize(
    ("words", "told"),
    [(["open"], "open whom"), (["nginx", "sshd"], "'sshd': the screen opens on one process"), (["--colour"], "--colour"),
     (["--theme", "pink"], "pink"), (["--interval", "0"], "'0' is not between"), (["--interval", "x"], "'x' is not between"),
     (["--them", "mono"], "--them"), (["a", "\x1b[2J"], "\\x1b[2J")],
)  # fmt: skip
def test_wrong_usage_is_one_line_and_2(screen: Screen, capsys: pytest.CaptureFixture[str], words: list[str], told: str) -> None:
    err = refused(screen, capsys, *words)
    assert told in err
    assert "\x1b" not in err
    assert "procdive --help" in err


def test_help_names_every_command_and_version_is_the_version(screen: Screen, capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["--help"], screen) == 0
    text = capsys.readouterr().out
    assert all(f"  {command.name}" in text and command.summary in text for command in COMMANDS)
    assert start(["--version"], screen) == 0
    assert capsys.readouterr().out == version() + "\n"
    assert screen.calls == []


@pytest.mark.parametrize("shell", FILES)
def test_completion_files_are_printed(screen: Screen, capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert start(["--print-completion", shell], screen) == 0
    assert capsys.readouterr().out == completion(shell)


def test_the_interval_has_its_bounds() -> None:
    parser = argparse.ArgumentParser(exit_on_error=False)
    options(parser)
    assert parser.parse_args(["--interval", str(FASTEST)]).interval == FASTEST
    assert parser.parse_args(["--interval", str(SLOWEST)]).interval == SLOWEST
    for beyond in ("0.09", "3601", "nan", "-1"):
        with pytest.raises(argparse.ArgumentError):
            parser.parse_args(["--interval=" + beyond])
