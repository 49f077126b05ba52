"""Every command: its help teaches, its usage is checked, and it ends cleanly."""

import os
import re
import signal
import subprocess

import pytest

from explorer.cli import COMMANDS, Command
from explorer.cli.main import parser_of
from tests.commands import run
from tests.loopback import until
from tests.terminal import PROCDIVE, TREE

NAMES = [command.name for command in COMMANDS]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_help_teaches_with_examples(command: Command) -> None:
    name, summary = command.name, command.summary
    text = parser_of(name, summary).format_help()
    assert summary in text
    examples = re.findall(rf"^  procdive {name}\b", text, re.MULTILINE)
    assert len(examples) >= 2
    assert "xit status" in text
    assert max(map(len, text.splitlines())) <= 140


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_option_is_wrong_usage(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(name, "--no-such-option").status == 2
    assert "no-such-option" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_a_command_with_its_status(number: signal.Signals) -> None:
    argv = [*PROCDIVE, "stack", "-i", "60", str(os.getpid())]
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=TREE) as process:
        until(lambda: catches(process.pid, signal.SIGTERM), "procdive to run")
        until(lambda: sleeps(process.pid), "procdive to wait for its second look")
        process.send_signal(number)
        assert process.wait(10) == 128 + number
        assert process.stderr is not None
        assert process.stderr.read() == ""


def catches(pid: int, number: signal.Signals) -> bool:
    with open(f"/proc/{pid}/status") as status:
        caught = next(line for line in status if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


def sleeps(pid: int) -> bool:
    with open(f"/proc/{pid}/syscall") as call:
        return call.read().split()[0] in {"230", "115"}  # clock_nanosleep on x86-64, aarch64


def test_nobody_there_is_one_line_and_status_1() -> None:
    for name in ("show", "fds", "stack"):
        done = run(name, "999999999")
        assert (done.status, done.out) == (1, "")
        assert len(done.err.splitlines()) == 1
