"""What /proc/PID/status says."""

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.model.missing import Missing

Ids = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """The five sets of a thread (capabilities(7)), one bit a capability; Missing where this kernel has no such set."""

    inheritable: int | Missing
    permitted: int | Missing
    effective: int | Missing
    bounding: int | Missing
    ambient: int | Missing


@dataclass(frozen=True, slots=True)
class Signals:
    """Signal sets, bit 0 is signal 1: pending for the thread, for the process, blocked, ignored, caught."""

    pending: int | Missing
    shared_pending: int | Missing
    blocked: int | Missing
    ignored: int | Missing
    caught: int | Missing


@dataclass(frozen=True, slots=True)
class Status:
    """Fields as in proc_pid_status(5); what a kernel does not have, or writes oddly, is Missing. fields: every key, untouched.

    state: one letter. uid, gid: real, effective, saved, file system. nspid: this process's pid in each pid namespace,
    ours first. memory: the Vm*, Rss* and HugetlbPages fields in bytes, by name. sigq: queued signals of the real uid, and
    the most it may queue. cpus, mems: lists as in cpuset(7). seccomp: 0 off, 1 strict, 2 filters.
    """

    name: str
    state: str
    tgid: int | Missing
    pid: int | Missing
    ppid: int | Missing
    tracer: int | Missing
    uid: Ids | Missing
    gid: Ids | Missing
    groups: tuple[int, ...] | Missing
    nspid: tuple[int, ...] | Missing
    threads: int | Missing
    memory: Mapping[str, int]
    sigq: tuple[int, int] | Missing
    signals: Signals
    capabilities: Capabilities
    no_new_privs: bool | Missing
    seccomp: int | Missing
    seccomp_filters: int | Missing
    umask: int | Missing
    cpus: str | Missing
    mems: str | Missing
    voluntary_switches: int | Missing
    involuntary_switches: int | Missing
    fields: Mapping[str, str]
