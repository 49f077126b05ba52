"""Machine-wide figures, by psutil, which is loaded when they are first asked for."""

import os
import warnings
from collections.abc import Callable
from typing import Any

from explorer.kernel.clock import boot_moment, boottime
from explorer.model.snapshot import Machine

ODD = (OSError, ValueError, KeyError, IndexError, AttributeError, RuntimeError)
"""What psutil raises where /proc is not as it expects: a container's own files, a sandbox's few."""

EVERY = 3
"""Memory is asked at every third sample: psutil takes a millisecond for it, as long as the table of 200 processes takes."""


class Figures:
    """Samples of this machine, whatever the table looks at. CPU shares are since the sample before, the first since boot.

    busy: seconds that all cores spent in processes since boot, at the last sample.
    """

    def __init__(self) -> None:
        self._psutil: Any = None
        self._spent: dict[str, float] = {}
        self._last = (0.0, 0.0)
        self._memory: dict[str, float] = {}
        self._samples = 0
        self._cores = os.cpu_count() or 1
        self.busy = 0.0

    def sample(self, *, quick: bool = False) -> Machine:
        """Now. What the machine does not tell is 0. quick: nor what psutil would tell, where it has not been loaded yet."""
        if quick and self._psutil is None:
            return self._machine(0.0, 0.0, {})
        self._load()
        busy, wait = self._shares()
        if self._samples % EVERY == 0:
            self._memory = {
                **asked(self._psutil.virtual_memory),
                **{f"swap_{key}": value for key, value in asked(self._psutil.swap_memory).items()},
            }
        self._samples += 1
        return self._machine(busy, wait, self._memory)

    def _load(self) -> None:
        if self._psutil is not None:
            return
        import psutil  # 20 ms, and only the screen needs it

        # It warns where /proc/meminfo or vmstat lack a line, and a warning would be written across the screen.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module="psutil")
        self._psutil = psutil

    def _machine(self, busy: float, wait: float, memory: dict[str, float]) -> Machine:
        try:
            load = os.getloadavg()
        except OSError:
            load = (0.0, 0.0, 0.0)
        return Machine(
            hostname=os.uname().nodename,
            uptime=boottime(),
            boot_time=boot_moment(),
            load=load,
            cpu=busy,
            wait=wait,
            cores=self._cores,
            memory_used=int(memory.get("used", 0)),
            memory_total=int(memory.get("total", 0)),
            swap_used=int(memory.get("swap_used", 0)),
            swap_total=int(memory.get("swap_total", 0)),
        )

    def _shares(self) -> tuple[float, float]:
        """Per cent of all cores: doing something, and idle but waiting for I/O."""
        spent = asked(self._psutil.cpu_times)
        self.busy = sum(spent.get(key, 0.0) for key in ("user", "nice", "system"))
        # User time has guest time in it already. Counters may go back a little: iowait is no exact count (proc_stat(5)).
        passed = {key: max(0.0, value - self._spent.get(key, 0.0)) for key, value in spent.items() if not key.startswith("guest")}
        total = sum(passed.values())
        if total > 0:
            self._spent = spent
            wait = passed.get("iowait", 0.0)
            self._last = (100 * (total - passed.get("idle", 0.0) - wait) / total, 100 * wait / total)
        return self._last


def asked(ask: Callable[[], Any]) -> dict[str, float]:
    """The figures of one psutil call by name; none where /proc does not tell."""
    try:
        return dict(ask()._asdict())
    except ODD:
        return {}
