"""How far other processes are open to us."""

import os
from collections.abc import Callable
from typing import Final

from explorer.collect.hidden import hidden
from explorer.kernel import probes
from explorer.model.check import Check, Verdict
from explorer.model.missing import Reason, Unreadable
from explorer.resolve.system import System

SAMPLE: Final = 400
"""Processes that are looked at."""


def visible(system: System) -> Check:
    """Whether /proc hides processes of others."""
    try:
        count = len(system.proc.numbers())
    except Unreadable as unreadable:
        return Check("process table", Verdict.NOT, unreadable.missing.detail, "mount -t proc proc /proc")
    lack = hidden(system)
    if lack:
        return Check("process table", Verdict.PARTLY, f"{count} processes; {lack.detail}", lack.cure)
    return Check("process table", Verdict.WORKS, f"{count} processes, none hidden (no hidepid)")


def look_into(system: System) -> Check:
    """Of how many processes the descriptors may be listed."""
    try:
        pids = [pid for pid in system.proc.numbers() if user_process(system, pid)][:SAMPLE]
    except Unreadable as unreadable:
        return Check("others' files", Verdict.NOT, unreadable.missing.detail)
    opened = sum(readable(lambda pid=pid: system.proc.names(pid, "fd")) for pid in pids)  # type: ignore[misc]
    detail = f"descriptors of {opened} of {len(pids)} processes may be listed"
    if opened == len(pids):
        return Check("others' files", Verdict.WORKS, detail)
    return refused("others' files", opened, detail)


def memory(system: System) -> Check:
    """Whether arguments of other processes' system calls can be read: /proc/PID/mem."""
    ours = os.geteuid()
    try:
        pids = [pid for pid in system.proc.numbers() if pid != os.getpid() and user_process(system, pid)][:SAMPLE]
    except Unreadable as unreadable:
        return Check("others' memory", Verdict.NOT, unreadable.missing.detail)
    if ours:
        pids = [pid for pid in pids if owned(system, pid, ours)]
    opened = sum(readable(lambda pid=pid: probes.open_memory(pid)) for pid in pids)  # type: ignore[misc]
    detail = f"memory of {opened} of {len(pids)} processes{' of yours' if ours else ''} may be read (arguments of system calls, titles)"
    scope = yama(system)
    if opened == len(pids):
        return Check("others' memory", Verdict.WORKS, detail)
    if scope > 0 and ours:
        detail += f"; kernel.yama.ptrace_scope is {scope}"
    return refused("others' memory", opened, detail)


def refused(name: str, opened: int, detail: str) -> Check:
    """Some, or all, were."""
    verdict = Verdict.PARTLY if opened else Verdict.NOT
    if os.geteuid():
        return Check(name, verdict, detail, "sudo procdive")
    return Check(name, verdict, f"{detail}; the others have capabilities that we have not")


def yama(system: System) -> int:
    """ptrace_scope of the Yama security module, 0 where there is none."""
    try:
        return int(system.proc.read("sys", "kernel", "yama", "ptrace_scope"))
    except (Unreadable, ValueError):
        return 0


def stack(system: System) -> Check:
    """Our own kernel stack."""
    try:
        frames = system.proc.read("self", "stack").count(b"\n")
    except Unreadable as unreadable:
        if unreadable.missing.reason is Reason.GONE:
            return Check("kernel stacks", Verdict.NOT, "this kernel was built without them (CONFIG_STACKTRACE)")
        return Check("kernel stacks", Verdict.NOT, "only root may read them, even of its own processes", "sudo procdive")
    return Check("kernel stacks", Verdict.WORKS, f"{frames} frames of our own read")


def calls(system: System) -> Check:
    """Which system call a process is in: /proc/PID/syscall."""
    try:
        said = system.proc.read("self", "syscall")
    except Unreadable as unreadable:
        gone = unreadable.missing.reason is Reason.GONE
        why = "this kernel was built without it (CONFIG_HAVE_ARCH_TRACEHOOK)" if gone else unreadable.missing.detail
        return Check("system calls", Verdict.NOT, why)
    word = said.split()[0].decode("ascii", "replace") if said else "nothing"
    return Check("system calls", Verdict.WORKS, f"/proc/self/syscall says {word}")


def children(system: System) -> Check:
    """The kernel's own lists of children."""
    try:
        system.proc.read("self", "task", os.getpid(), "children")
    except Unreadable:
        return Check("lists of children", Verdict.PARTLY, "this kernel has none (CONFIG_PROC_CHILDREN); all parents are read instead")
    return Check("lists of children", Verdict.WORKS, "the kernel keeps them")


def readable(trial: Callable[[], object]) -> bool:
    """Whether it is not refused."""
    try:
        trial()
    except Unreadable as unreadable:
        return unreadable.missing.reason is Reason.GONE
    return True


def user_process(system: System, pid: int) -> bool:
    """Not the kernel's own threads, which have no files: their statm is all zeros."""
    try:
        return not system.proc.read(pid, "statm").startswith(b"0 ")
    except Unreadable:
        return False


def owned(system: System, pid: int, uid: int) -> bool:
    """Whether it is that user's."""
    try:
        return system.proc.owner(pid) == uid
    except Unreadable:
        return False
