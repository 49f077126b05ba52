"""Why a process cannot be traced by ptrace, told before anybody tries, or after it failed."""

import os
from typing import Final

from explorer.decode.proc import stat, status
from explorer.kernel.errors import ROOT_CURE, USER_CURE, missing
from explorer.kernel.procfs import Procfs
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.model.snapshot import PF_KTHREAD
from explorer.model.status import Status

YAMA: Final = {
    b"1": ("only what they started themselves may be traced", "run as root, or: sysctl kernel.yama.ptrace_scope=0"),
    b"2": ("only root may trace", "run as root, or: sysctl kernel.yama.ptrace_scope=0"),
    b"3": ("nobody may trace until the machine starts again", "kernel.yama.ptrace_scope=3 cannot be taken back"),
}
"""kernel.yama.ptrace_scope, Documentation/admin-guide/LSM/Yama.rst"""


def refusal(proc: Procfs, target: ProcessId) -> Missing | None:
    """None where nothing speaks against it. Reads /proc, stops nothing."""
    pid = target.pid
    try:
        # Before its state: while another thread calls execve the first one is dead for a moment, and there are two.
        threads = len(proc.names(pid, "task"))
        now = stat.decode(proc.read(pid, "stat"))
        said = status.decode(proc.read(pid, "status"))
    except Unreadable as error:
        return Missing(error.missing.reason, f"process {pid}", error.missing.cure)
    if isinstance(now, Missing) or now.starttime != target.start:
        return Missing(Reason.GONE, f"process {pid}")
    who = f"{pid} {now.comm}"
    ours = os.getpid()
    if pid == ours or helps(proc, pid):
        return Missing(Reason.UNSUPPORTED, f"{who} is procdive itself: it would wait for itself")
    if now.flags & PF_KTHREAD:
        return Missing(Reason.UNSUPPORTED, f"{who} is a kernel thread: it makes no system calls")
    if now.state in {"Z", "X"} and threads < 2:
        return Missing(Reason.GONE, f"{who} has ended, its parent has not taken notice")
    tracer = said.tracer if isinstance(said.tracer, int) else 0
    if tracer:
        return traced(proc, who, tracer)
    theirs = tracer_of(proc, ours)
    if theirs and pid in {theirs, parent(proc, theirs)}:
        return Missing(Reason.UNSUPPORTED, f"{who} traces this procdive: each would wait for the other", "end its trace first")
    return forbidden(proc, pid, who, said)


def traced(proc: Procfs, who: str, tracer: int) -> Missing:
    """Somebody else was first; only one can be."""
    name = comm(proc, tracer)
    if helps(proc, tracer):
        return Missing(Reason.DENIED, f"{who} is traced by this procdive already", "end that trace first")
    return Missing(Reason.DENIED, f"{who} is traced by {tracer}{' ' if name else ''}{name}", "end that first: a process has one tracer")


def forbidden(proc: Procfs, pid: int, who: str, said: Status) -> Missing | None:
    """By whom it belongs to."""
    if os.geteuid() == 0:
        return yama(proc, who, {b"3"})
    uids = said.uid if isinstance(said.uid, tuple) else ()
    if any(uid != os.getuid() for uid in uids[:3]):
        return Missing(Reason.DENIED, f"{who} belongs to another user", USER_CURE)
    try:
        if proc.owner(pid, "status") != os.geteuid():
            return Missing(Reason.DENIED, f"{who} is closed to its own user: it has or had other rights (not dumpable)", "run as root")
    except Unreadable as error:
        return error.missing
    return yama(proc, who, set(YAMA))


def yama(proc: Procfs, who: str, levels: set[bytes]) -> Missing | None:
    """The security module that many distributions turn on."""
    try:
        level = proc.read("sys/kernel/yama/ptrace_scope").strip()
    except Unreadable:
        return None
    if level not in levels or level not in YAMA:
        return None
    words, cure = YAMA[level]
    return Missing(Reason.DENIED, f"{who}: kernel.yama.ptrace_scope is {level.decode()}: {words}", cure)


def failed(proc: Procfs, target: ProcessId, error: int) -> Missing:
    """After a seizure of one of its threads failed. error: errno, or less than 0 where the pid is another's by now."""
    if error < 0:
        return Missing(Reason.GONE, f"process {target.pid}")
    known = refusal(proc, target)
    if known is not None:
        return known
    return missing(error, f"ptrace(2) of process {target.pid}", "" if os.geteuid() else ROOT_CURE)


def comm(proc: Procfs, pid: int) -> str:
    """Its name; empty where it is gone."""
    try:
        return proc.read(pid, "comm").decode("utf-8", "replace").rstrip("\n")
    except Unreadable:
        return ""


def helps(proc: Procfs, pid: int) -> bool:
    """Whether it works for us: all those are our children, in sessions of their own."""
    found = line(proc, pid)
    return found is not None and found.ppid == os.getpid() and found.session == pid


def parent(proc: Procfs, pid: int) -> int:
    """0 where it is gone."""
    found = line(proc, pid)
    return 0 if found is None else found.ppid


def line(proc: Procfs, pid: int) -> stat.Stat | None:
    """Its stat; None where it is gone."""
    try:
        found = stat.decode(proc.read(pid, "stat"))
    except Unreadable:
        return None
    return None if isinstance(found, Missing) else found


def tracer_of(proc: Procfs, pid: int) -> int:
    """0 for nobody."""
    try:
        found = status.decode(proc.read(pid, "status")).tracer
    except Unreadable:
        return 0
    return found if isinstance(found, int) else 0
