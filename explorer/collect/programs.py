"""Which program a process starts, read at once: some are gone a millisecond later."""

import contextlib
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from explorer.collect.titles import LIMIT
from explorer.decode.netlink.proc_events import Execed, decode
from explorer.decode.proc.cmdline import decode as arguments
from explorer.kernel.proc_connector import EXECS, Connector
from explorer.kernel.reader import Ask
from explorer.model.birth import UNSEEN
from explorer.model.missing import Missing, Unreadable
from explorer.resolve.comm import comm
from explorer.resolve.system import System

ROOM: Final = 1 << 18
A_SECOND: Final = 50
"""So many processes are looked at in a second; a look costs some 300 µs."""
KEPT: Final = 1000


@dataclass(frozen=True, slots=True)
class Program:
    """when: CLOCK_MONOTONIC nanoseconds at which it was started. comm, argv: UNSEEN where it was gone."""

    when: int
    comm: str | Missing
    argv: tuple[str, ...] | Missing


class Programs:
    """One thread waits in run() for what the kernel tells, and costs nothing while nobody starts anything; another looks at `found`.

    Only A_SECOND starts are looked at in a second: where there are more, the others are UNSEEN, and no more than that is spent.
    """

    def __init__(self, system: System) -> None:
        self._system = system
        self._stop = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._found: dict[int, Program] = {}
        self._second = 0.0
        self._looks = 0

    @property
    def found(self) -> Mapping[int, Program]:
        """By pid, the last one started."""
        return self._found

    def run(self) -> None:
        """Until stop(). Returns at once where the kernel does not tell us."""
        try:
            line = Connector(EXECS, ROOM)
        except Unreadable:
            return
        with line:
            while line.wait(self._stop):
                self.take(line.read()[0])
                if self._looks >= A_SECOND:
                    # Not woken again before there are looks left; what comes meanwhile is kept by the kernel, as far as it has room.
                    time.sleep(max(0.0, self._second + 1.0 - time.monotonic()))

    def stop(self) -> None:
        """End run()."""
        with contextlib.suppress(OSError):
            os.eventfd_write(self._stop, 1)

    def take(self, datagrams: list[bytes]) -> None:
        """These were told: look at who they are about."""
        now = time.monotonic()
        if now - self._second >= 1.0:
            self._second, self._looks = now, 0
        started = {event.pid: event.when for event in map(decode, datagrams) if isinstance(event, Execed)}
        # The newest are the likeliest to be there still.
        looked = list(started)[max(0, len(started) - (A_SECOND - self._looks)) :] if self._looks < A_SECOND else []
        self._looks += len(looked)
        names = {pid: comm(self._system.proc, pid) for pid in looked}
        alive = [pid for pid, name in names.items() if name]
        asks = [Ask("r", self._system.proc.path(pid, "cmdline"), LIMIT) for pid in alive]
        raws = dict(zip(alive, self._system.reader.ask(asks), strict=True)) if asks else {}
        for pid, when in started.items():
            raw = raws.get(pid, UNSEEN)
            argv = raw if isinstance(raw, Missing) else arguments(raw, limit=LIMIT).args or UNSEEN
            self._keep(pid, Program(when, names.get(pid) or UNSEEN, argv))

    def _keep(self, pid: int, program: Program) -> None:
        self._found.pop(pid, None)
        self._found[pid] = program
        while len(self._found) > KEPT:
            del self._found[next(iter(self._found))]
