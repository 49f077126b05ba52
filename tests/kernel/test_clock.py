"""The clock that all moments are on."""

import time
from pathlib import Path

from explorer.kernel.clock import boot_moment, boottime, slept
from explorer.model.process import TICKS
from tests.processes import HELD, Processes


def test_boottime_is_what_proc_uptime_says() -> None:
    before = boottime()
    uptime = float(Path("/proc/uptime").read_text().split()[0])
    assert before - 0.01 <= uptime <= boottime()


def test_start_times_of_processes_count_on_it(processes: Processes) -> None:
    before = boottime()
    child = processes.python(HELD)
    start = int(Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[19]) / TICKS
    assert before - 1 / TICKS <= start <= boottime()


def test_the_boot_moment_is_btime_not_rounded() -> None:
    btime = next(int(line.split()[1]) for line in Path("/proc/stat").read_text().splitlines() if line.startswith("btime "))
    assert abs(boot_moment() - btime) <= 1.5
    assert abs(boot_moment() + boottime() - time.time()) < 1


def test_the_two_clocks_differ_by_the_sleep() -> None:
    assert abs(time.monotonic() + slept() - boottime()) < 0.1
    assert slept() > -0.01
