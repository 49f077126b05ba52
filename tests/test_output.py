"""Where the output of a command goes away: a closed pipe is a clean end, a full disk one sentence."""

import os
import re
import resource
import subprocess
from pathlib import Path

import pytest

from explorer.cli import COMMANDS
from tests.terminal import PROCDIVE, TREE

LONG = {
    "ps": ["ps"],
    "fds": ["fds", "--all"],
    "show": ["show", "self"],
    "stack": ["stack", "self"],
    "doctor": ["doctor"],
    "syscall": ["syscall", "openat"],
}
WAYS = [[*LONG[command.name], *json] for command in COMMANDS if command.name in LONG for json in ([], ["--json"])]


def arguments(way: list[str]) -> list[str]:
    return [*PROCDIVE, *(str(os.getpid()) if word == "self" else word for word in way)]


def quiet(way: list[str], lines: int) -> None:
    """Read so many lines of it, and close."""
    with subprocess.Popen(arguments(way), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=TREE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for _ in range(lines):
            process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        assert (process.wait(20), said) == (0, b""), way


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_case_79_a_closed_pipe_is_a_clean_end(way: list[str]) -> None:
    for lines in (0, 1):
        quiet(way, lines)


@pytest.mark.parametrize("way", [["ps"], ["fds", "--all"]], ids=" ".join)
def test_case_79_head_fifty_times(way: list[str]) -> None:
    line = 'for i in $(seq 50); do "$@" | head -1; done 2>&1 >/dev/null'
    done = subprocess.run(["sh", "-c", line, "sh", *arguments(way)], capture_output=True, text=True, cwd=TREE)
    assert done.stdout + done.stderr == ""


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_case_79_a_full_disk_is_said_in_one_line(way: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(arguments(way), stdout=full, stderr=subprocess.PIPE, text=True, cwd=TREE)
    assert done.returncode == 1
    assert done.stderr == "procdive: cannot write: No space left on device\n"


@pytest.mark.oracle("strace")
def test_case_37_no_close_of_each_possible_descriptor(tmp_path: Path) -> None:
    def failing_closes(limit: int) -> int:
        log = tmp_path / f"closes-{limit}"
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        strace = ["strace", "-f", "-e", "trace=close,close_range,dup3", "-o", str(log)]
        subprocess.run(
            [*strace, *PROCDIVE, "fds", str(os.getpid())],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=TREE,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (min(limit, hard), hard)),
        )
        return len(re.findall(r"close\(\d+\) += -1", log.read_text()))

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    assert failing_closes(1024) < 100
    assert failing_closes(hard) < 100


def test_both_streams_closed_is_no_traceback() -> None:
    done = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *PROCDIVE, "ps"], capture_output=True, text=True, cwd=TREE)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
