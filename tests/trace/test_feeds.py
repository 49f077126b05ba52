"""trace/feeds.py: who shows what we write."""

import os

import pytest

from explorer.kernel.procfs import Procfs
from explorer.trace.feeds import feeds_us, showing
from tests.processes import Processes


def test_those_above_us_do(processes: Processes) -> None:
    proc = Procfs()
    other = processes.start("sleep", "60")
    assert feeds_us(proc, os.getppid())
    assert not feeds_us(proc, other.pid)
    assert not feeds_us(proc, os.getpid())


def test_the_server_of_our_tmux_does(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    server = processes.start("sleep", "60")
    monkeypatch.setenv("TMUX", f"/tmp/tmux-0/default,{server.pid},0")
    assert server.pid in showing(Procfs())
    monkeypatch.setenv("TMUX", "nonsense")
    assert server.pid not in showing(Procfs())
