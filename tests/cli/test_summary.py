"""procdive summary: what it takes, as a program."""

import os
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.cli.tracing.live import ENTER, LEAVE
from tests.cli.tracing.program import TREE, busy_one
from tests.commands import run
from tests.loopback import until
from tests.ordinary import as_user, python
from tests.terminal import Terminal
from tests.tracing import runs_free

ARGV = (sys.executable, "-m", "explorer", "summary", "--engine", "ptrace")


@pytest.fixture
def busy() -> "Iterator[subprocess.Popen[str]]":
    with busy_one() as process:
        yield process


def program(*words: str) -> "subprocess.Popen[str]":
    env = {**os.environ, "PYTHONPATH": str(TREE), "LC_ALL": "C.UTF-8"}
    return subprocess.Popen([*ARGV, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def has_read(pid: int) -> int:
    """Bytes."""
    return int(Path(f"/proc/{pid}/io").read_text().split()[1])


def test_straces_letters_that_are_so_anyway() -> None:
    assert run("summary", "--engine", "ptrace", "-c", "-f", "-w", "-qq", "-o", "/dev/null", "--", "sh", "-c", "exit 5").status == 5


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_it(number: int, status: int, busy: "subprocess.Popen[str]") -> None:
    with program(str(busy.pid)) as it:
        until(lambda: not runs_free(busy.pid), "it to attach")
        before = has_read(it.pid)
        # More than attaching takes: calls come.
        until(lambda: has_read(it.pid) > before + 5000, "calls")
        it.send_signal(number)
        out, err = it.communicate(timeout=30)
    assert it.returncode == status
    assert "Traceback" not in err
    assert ("total" in out) == (status == 0)
    until(lambda: runs_free(busy.pid), "it to be let go")


def test_a_command_that_a_signal_ends() -> None:
    with program("-o", "/dev/null", "--", "sh", "-c", "kill -SEGV $$") as it:
        it.communicate(timeout=30)
    assert it.returncode == 139


def test_a_command_that_outlives_the_seconds() -> None:
    with program("--seconds", "0.2", "--", "sh", "-c", "echo $$; exec sleep 60 >&-") as it:
        assert it.stdout
        pid = int(it.stdout.readline())
        assert it.stderr
        # Not to its end: the program has it, too.
        line = next(line for line in it.stderr if line.startswith("100.00"))
        assert it.wait(timeout=30) == 0
        os.kill(pid, signal.SIGKILL)
    assert " total " in line


@pytest.mark.oracle("gcc")
def test_case_47_a_64_bit_program_that_makes_32_bit_calls(tmp_path: Path) -> None:
    source = r"""
#include <sys/mman.h>
#include <string.h>
#include <sys/stat.h>
int main(void) {
    struct stat s;
    char *low = mmap(0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    strcpy(low, "hello\n");
    for (int i = 0; i < 5; i++)
        __asm__ volatile("int $0x80" : : "a"(4), "b"(1), "c"(low), "d"(6) : "memory", "r8", "r9", "r10", "r11");
    __asm__ volatile("int $0x80" : : "a"(1), "b"(0));
}
"""
    path = tmp_path / "both"
    subprocess.run(["gcc", "-w", "-xc", "-", "-o", str(path)], input=source, text=True, check=True)
    with program("-U", "calls", "--", str(path)) as it:
        out, err = it.communicate(timeout=30)
    assert (it.returncode, out) == (0, "hello\n" * 5)
    assert re.search(r"^ +5 write 32-bit$", err, re.MULTILINE)
    assert not re.search(r"^ +\d+ (stat|write|exit 32-bit)$", err, re.MULTILINE)


def test_as_an_ordinary_user() -> None:
    argv = [*python(), "-m", "explorer", "summary", "-o", "-", "--", "true"]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=60, **as_user())  # type: ignore[call-overload]
    assert done.returncode == 0
    assert re.search(r"^ .* execve$", done.stdout, re.MULTILINE)
    assert done.stderr.endswith(" s, ptrace\n")


def test_on_a_terminal_it_is_drawn_until_ctrl_c_and_then_stays(busy: "subprocess.Popen[str]") -> None:
    with Terminal([*ARGV, "--by", "process,call", str(busy.pid)], columns=100, rows=20) as terminal:
        terminal.wait_for("Ctrl-C ends it", "getppid", "~p50")
        assert re.search(r" process, syscall", terminal.lines[1])
        terminal.resize(60, 12)
        terminal.wait(lambda: "~p50" not in terminal.text and "getppid" in terminal.text)
        before = termios.tcgetattr(terminal.slave)
        os.kill(terminal.process.pid, signal.SIGINT)
        assert terminal.exit() == 0
        assert termios.tcgetattr(terminal.slave) == before
        assert terminal.raw.count(ENTER.encode()) == terminal.raw.count(LEAVE.encode()) == 1
        shown = terminal.raw.partition(LEAVE.encode())[2].decode()
        assert re.search(r" total\r\n", shown)
        assert " lost, " in shown
