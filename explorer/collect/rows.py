"""A row of the process table, from what /proc says of one process."""

import mmap

from explorer.decode.proc.stat import Stat, decode
from explorer.model.missing import Missing, Unreadable
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.resolve.system import System

ENDED_STATES = ("Z", "X", "x")


def understood(pid: int, raw: bytes) -> Stat | Missing:
    """What stat says of the process in whose folder it stands, whatever pid it names."""
    stat = decode(raw)
    return stat if isinstance(stat, Missing) or stat.pid == pid else stat._replace(pid=pid)


def row(system: System, stat: Stat, argv: tuple[str, ...] | Missing, uid: int | Missing, cpu: float = 0.0, tgid: int = 0) -> Process:
    """The row. tgid: the process that it is a thread of, 0 for a process."""
    return Process(
        id=ProcessId(stat.pid, stat.starttime),
        ppid=tgid or stat.ppid,
        comm=stat.comm,
        argv=argv,
        state=stat.state,
        pgrp=stat.pgrp,
        session=stat.session,
        tty=system.terminals.name(stat.tty_nr),
        flags=stat.flags,
        utime=stat.utime,
        stime=stat.stime,
        priority=stat.priority,
        nice=stat.nice,
        threads=stat.num_threads,
        vsize=stat.vsize,
        rss=stat.rss * mmap.PAGESIZE,
        uid=uid,
        user=system.users.name(uid),
        cpu=cpu,
        thread_of=tgid,
        exit_code=stat.exit_code if stat.state in ENDED_STATES else 0,
    )


def closed(pid: int, why: Missing, uid: int | Missing, user: str) -> Process:
    """The row of a process that is there, but whose stat may not be read (hidepid=1) or understood: its pid and owner, and why."""
    return Process(
        id=ProcessId(pid, 0), ppid=0, comm="?", argv=why, state="?", pgrp=0, session=0, tty="?", flags=0, utime=0, stime=0,
        priority=0, nice=0, threads=0, vsize=0, rss=0, uid=uid, user=user,
    )  # fmt: skip


def owner(system: System, pid: int) -> int | Missing:
    """The effective uid: who owns /proc/PID itself, which unlike the files in it is never given to root where the process
    is not dumpable (task_dump_owner() of fs/proc/base.c)."""
    try:
        return system.proc.owner(pid)
    except Unreadable as unreadable:
        return unreadable.missing


def has_no_argv(stat: Stat | Process) -> bool:
    """Kernel threads and zombies have no memory, so no arguments."""
    return bool(stat.flags & 0x00200000) or stat.state in ENDED_STATES
