"""All processes at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from explorer.model.birth import NOBODY, UNTOLD, Births
from explorer.model.missing import Missing
from explorer.model.process import ProcessId

PF_KTHREAD: Final = 0x00200000


@dataclass(frozen=True, slots=True)
class Process:
    """A row of the process table. Names as in proc_pid_stat(5) and ps(1).

    argv: its arguments; () where it has none (kernel thread, zombie, wiped). rss, vsize: bytes. utime, stime: clock
    ticks. cpu: per cent of one core over the last interval. tty: as ps writes it, "?" for none. uid: effective. thread_of:
    0; for the row of a thread (id.pid is its tid then) the process that it belongs to, which is its ppid too. exit_code: how
    a zombie ended, as wait(2) has it; 0 for all others, for those that ended well, and where it may not be seen.
    """

    id: ProcessId
    ppid: int
    comm: str
    argv: tuple[str, ...] | Missing
    state: str
    pgrp: int
    session: int
    tty: str
    flags: int
    utime: int
    stime: int
    priority: int
    nice: int
    threads: int
    vsize: int
    rss: int
    uid: int | Missing
    user: str
    cpu: float = 0.0
    thread_of: int = 0
    exit_code: int = 0

    @property
    def is_kernel_thread(self) -> bool:
        """PF_KTHREAD decides, never an empty command line (wiped argv, zombies)."""
        return bool(self.flags & PF_KTHREAD)

    @property
    def command(self) -> str:
        """Its arguments joined by spaces, comm where there are none or they did not answer: to search and sort by, not to run."""
        return " ".join(self.argv) if self.argv and isinstance(self.argv, tuple) else self.comm


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that was in the table and is gone. when: CLOCK_BOOTTIME seconds at which that was seen. status: as wait(2) has it."""

    process: Process
    when: float
    status: int | Missing = UNTOLD


@dataclass(frozen=True, slots=True)
class Machine:
    """Machine-wide figures. cpu, wait: per cent of all cores since the last sample; memory and swap in bytes; uptime in seconds."""

    hostname: str
    uptime: float
    boot_time: float
    load: tuple[float, float, float]
    cpu: float
    wait: float
    cores: int
    memory_used: int
    memory_total: int
    swap_used: int
    swap_total: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """processes: by pid. born, ended: of the last seconds, for marks. taken: CLOCK_BOOTTIME seconds. hidden: what hides others' rows.
    births: what the kernel told of births and ends, nothing where it was not asked."""

    processes: Mapping[int, Process]
    machine: Machine
    taken: float
    born: Mapping[ProcessId, float]
    ended: tuple[Ended, ...] = ()
    hidden: Missing | None = None
    births: Births = NOBODY
