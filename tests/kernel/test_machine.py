"""Machine-wide figures agree with psutil's own and never raise."""

import time

import psutil
import pytest

from explorer.kernel.clock import boot_moment, boottime
from explorer.kernel.machine import Figures


def test_figures_are_those_of_the_machine() -> None:
    machine = Figures().sample()
    assert abs(machine.boot_time - psutil.boot_time()) < 2
    assert abs(machine.boot_time - boot_moment()) < 2
    assert machine.memory_total == psutil.virtual_memory().total
    assert 0 < machine.memory_used < machine.memory_total
    assert machine.cores == psutil.cpu_count()
    assert 0 <= machine.uptime <= boottime()


def test_cpu_is_since_the_sample_before() -> None:
    figures = Figures()
    figures.sample()
    until = time.monotonic() + 0.3
    while time.monotonic() < until:
        pass
    machine = figures.sample()
    assert 0 < machine.cpu <= 100
    assert 0 <= machine.wait <= 100
    assert machine.cpu + machine.wait <= 100.001


def test_a_broken_proc_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise FileNotFoundError("/proc/meminfo")

    for name in ("virtual_memory", "swap_memory", "cpu_times"):
        monkeypatch.setattr(psutil, name, broken)
    machine = Figures().sample()
    assert (machine.memory_total, machine.swap_total, machine.cpu) == (0, 0, 0.0)
