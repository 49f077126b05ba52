"""Everything that /proc says of who a process is and what it may do."""

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.model.argv import Argv
from explorer.model.cgroup import Cgroup
from explorer.model.executable import Executable
from explorer.model.missing import Missing
from explorer.model.origin import Origin
from explorer.model.process import ProcessId
from explorer.model.status import Capabilities


@dataclass(frozen=True, slots=True)
class Account:
    """A user or group: its number and its name, which is the number again where nobody knows one."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """uid, gid: real, effective, saved, file system. groups: supplementary. loginuid: who logged in, Missing where nobody did.

    outside: how ids of its user namespace are seen from ours, as (inside, outside, count); () where they are the same.
    """

    uid: tuple[Account, Account, Account, Account] | Missing
    gid: tuple[Account, Account, Account, Account] | Missing
    groups: tuple[Account, ...] | Missing
    loginuid: Account | Missing
    outside: tuple[tuple[int, int, int], ...] | Missing


@dataclass(frozen=True, slots=True)
class Namespace:
    """kind: as in /proc/PID/ns. inode: its number. ours: whether we are in it. first: whether process 1 is, where that may be known."""

    kind: str
    inode: int
    ours: bool
    first: bool | Missing


@dataclass(frozen=True, slots=True)
class Confinement:
    """What it may not do. seccomp: 0 off, 1 strict, 2 filters. label: of the security module (AppArmor, SELinux), "" for none.

    secure: AT_SECURE, it gained rights by its executable (setuid, file capabilities); None where that may not be read.
    """

    capabilities: Capabilities
    no_new_privs: bool | Missing
    seccomp: int | Missing
    seccomp_filters: int | Missing
    label: str | Missing
    secure: bool | None


@dataclass(frozen=True, slots=True)
class Scheduling:
    """policy: SCHED_…  priority: as in stat. io: class and level. cpus, mems: where it may run, lists as in cpuset(7). cpu: its last.

    autogroup: number and nice value of its group. slack: of timers, in nanoseconds.
    """

    policy: str
    nice: int
    priority: int
    rt_priority: int
    io: tuple[int, int] | Missing
    cpus: str | Missing
    mems: str | Missing
    cpu: int
    autogroup: tuple[int, int] | Missing
    slack: int | Missing


@dataclass(frozen=True, slots=True)
class Oom:
    """When memory runs out: score 0 to 2000, the highest goes first (proc_pid_oom_score(5)); adj -1000 (never) to 1000."""

    score: int | Missing
    adj: int | Missing


@dataclass(frozen=True, slots=True)
class Usage:
    """What it has used up to `taken` (CLOCK_BOOTTIME seconds). utime, stime: clock ticks. switches: of its first thread.

    io: the fields of /proc/PID/io. memory: the Vm* and Rss* of status, bytes.
    """

    taken: float
    utime: int
    stime: int
    minor_faults: int
    major_faults: int
    voluntary_switches: int | Missing
    involuntary_switches: int | Missing
    io: Mapping[str, int] | Missing
    memory: Mapping[str, int] | Missing


@dataclass(frozen=True, slots=True)
class Overview:
    """state: one letter. exit_code: of a zombie, as wait(2) has it, else None. started: seconds since 1970. tty: "?" for none.

    nspid: its pid in each pid namespace, ours first. tracer: pid and name, None for nobody. coredump_filter: the mask of
    core(5). personality: the mask of personality(2).
    """

    process: ProcessId
    comm: str
    kernel_thread: bool
    state: str
    exit_code: int | None
    argv: Argv | Missing
    executable: Executable | Missing
    cwd: str | Missing
    root: str | Missing
    umask: int | Missing
    started: float
    origin: Origin
    pgrp: int
    session: int
    tty: str
    nspid: tuple[int, ...] | Missing
    threads: int
    tracer: tuple[int, str] | Missing | None
    credentials: Credentials
    confinement: Confinement
    namespaces: tuple[Namespace, ...] | Missing
    cgroups: tuple[Cgroup, ...] | Missing
    scheduling: Scheduling
    oom: Oom
    usage: Usage
    coredump_filter: int | Missing
    personality: int | Missing
