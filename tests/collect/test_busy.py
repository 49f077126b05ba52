"""collect/busy.py: idle and busy processes, beside what they are known to do."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explorer.collect.busy import Busy, Sample, between, busy
from explorer.decode.proc.stat import decode
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.resolve.system import System
from tests.loopback import until


def identity(pid: int) -> ProcessId:
    stat = decode(Path(f"/proc/{pid}/stat").read_bytes())
    assert not isinstance(stat, Missing)
    return ProcessId(pid, stat.starttime)


@pytest.fixture(params=["while 1: pass", "import os\nwhile 1: os.getppid()"], ids=["user", "kernel"])
def spinner(request: pytest.FixtureRequest) -> Iterator[tuple[str, int]]:
    with subprocess.Popen([sys.executable, "-c", f"print(flush=True)\n{request.param}"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield request.node.callspec.id, process.pid
        process.kill()


def test_one_that_spins(system: System, spinner: tuple[str, int]) -> None:
    kind, pid = spinner
    found = busy(system, [identity(pid)])[identity(pid)]
    assert isinstance(found, Busy)
    assert found.cpu > 10
    assert (found.kernel > 0.2 * found.cpu) == (kind == "kernel")
    assert not found.idle
    assert found.threads == 1


@contextmanager
def running(*command: str) -> Iterator[int]:
    """Its pid, once it has become the command."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: Path(f"/proc/{process.pid}/comm").read_text().strip() == command[0], "it to begin")
        yield process.pid
    finally:
        process.kill()
        process.communicate()


def test_one_that_sleeps_is_idle(system: System) -> None:
    with running("cat") as pid:
        until(lambda: Path(f"/proc/{pid}/stat").read_text().split()[2] == "S", "it to sleep")
        found = busy(system, [identity(pid)])[identity(pid)]
        assert isinstance(found, Busy)
        assert (found.cpu, found.idle) == (0, True)
        assert found.calls < 100


def test_one_that_makes_many_small_calls_is_not(system: System) -> None:
    with running("dd", "if=/dev/zero", "of=/dev/null", "bs=1") as pid:
        found = busy(system, [identity(pid)])[identity(pid)]
        assert isinstance(found, Busy)
        assert found.calls > 1000


def test_a_pid_that_was_used_again_and_one_that_is_not(system: System) -> None:
    other = ProcessId(os.getpid(), 1)
    gone = ProcessId(2_000_000_000, 1)
    found = busy(system, [other, gone])
    assert [each.reason for each in found.values() if isinstance(each, Missing)] == [Reason.GONE, Reason.GONE]


def test_shares() -> None:
    found = between(ProcessId(1, 1), Sample(100, 10, 50, 4, 10.0), Sample(120, 25, 300, 5, 10.5))
    assert (found.cpu, found.kernel, found.calls, found.threads) == (70.0, 30.0, 500.0, 5)
