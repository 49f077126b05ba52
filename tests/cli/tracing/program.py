"""procdive trace by ptrace, for its tests: run within the test, or as a program beside it; processes that it may trace."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.commands import Done, run
from tests.loopback import until

ARGV = (sys.executable, "-m", "explorer", "trace", "--engine", "ptrace")
TREE = Path(__file__).parent.parent.parent.parent
LOOP = "import os, sys, time\nprint(flush=True)\nwhile True:\n    os.getppid()\n    time.sleep(0.01)\n"
SPIN = "import os\nprint(flush=True)\nwhile True:\n    os.getppid()\n"


def trace(*arguments: str) -> Done:
    return run("trace", "--engine", "ptrace", *arguments)


def program(*arguments: str, **options: object) -> "subprocess.Popen[str]":
    env = {**os.environ, "PYTHONPATH": str(TREE)}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": env, **options}
    return subprocess.Popen([*ARGV, *arguments], **pipes)  # type: ignore[call-overload, no-any-return]


@contextmanager
def python_that(does: str) -> "Iterator[subprocess.Popen[str]]":
    """It has printed a line; it is killed in the end."""
    with subprocess.Popen([sys.executable, "-I", "-S", "-c", does], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        yield process
        process.kill()


@contextmanager
def busy_one() -> "Iterator[subprocess.Popen[str]]":
    """Makes a hundred calls a second until it is killed."""
    with python_that(LOOP) as process:
        yield process


@contextmanager
def idle_one() -> "Iterator[subprocess.Popen[bytes]]":
    """Sits in one call."""
    process = subprocess.Popen(["sleep", "60"])
    until(lambda: Path(f"/proc/{process.pid}/syscall").read_text().split()[0] == "230", "sleep to sleep")
    yield process
    process.kill()
    process.wait()
