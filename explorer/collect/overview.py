"""Who a process is and what it may do: everything of one process but its descriptors, threads, memory and environment."""

from explorer.collect.argv import argv
from explorer.collect.confinement import confinement
from explorer.collect.credentials import credentials
from explorer.collect.numbers import number
from explorer.collect.origin import cgroups, origin
from explorer.collect.scheduling import ioprio
from explorer.collect.status import status
from explorer.collect.usage import usage
from explorer.decode.constants.sched import POLICIES
from explorer.decode.proc.autogroup import decode as decode_autogroup
from explorer.kernel.clock import boot_moment
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.overview import Oom, Overview, Scheduling
from explorer.model.process import TICKS, ProcessId
from explorer.model.status import Status
from explorer.resolve.comm import comm
from explorer.resolve.executable import executable
from explorer.resolve.namespaces import namespaces
from explorer.resolve.place import Place, nothing_there, place
from explorer.resolve.system import System


def overview(system: System, process: ProcessId | int) -> Overview | Missing:
    """Missing where the process is gone, or its pid is another process now. Never raises; a few deadlines at the longest."""
    at = place(system, process)
    if isinstance(at, Missing):
        return at
    known = status(system, at)
    groups = cgroups(system, at)
    stat = at.stat
    return Overview(
        process=at.id,
        comm=stat.comm,
        kernel_thread=at.kernel_thread,
        state=stat.state,
        exit_code=at.exit_code,
        argv=argv(system, at),
        executable=executable(system, at),
        cwd=folder(system, at, "cwd"),
        root=folder(system, at, "root"),
        umask=known if isinstance(known, Missing) else known.umask,
        started=boot_moment() + stat.starttime / TICKS,
        origin=origin(system, at, groups),
        pgrp=stat.pgrp,
        session=stat.session,
        tty=system.terminals.name(stat.tty_nr),
        nspid=known if isinstance(known, Missing) else known.nspid,
        threads=stat.num_threads,
        tracer=tracer(system, known),
        credentials=credentials(system, at, known),
        confinement=confinement(system, at, known),
        namespaces=namespaces(system, at),
        cgroups=groups,
        scheduling=scheduling(system, at, known),
        oom=Oom(number(system, at, "oom_score"), number(system, at, "oom_score_adj")),
        usage=usage(system, at, known),
        coredump_filter=number(system, at, "coredump_filter", 16),
        personality=number(system, at, "personality", 16),
    )


def folder(system: System, at: Place, name: str) -> str | Missing:
    """cwd or root: what the link says, never looked at."""
    try:
        return system.proc.link(at.path, name)
    except Unreadable as unreadable:
        gone = unreadable.missing.reason is Reason.GONE
        return nothing_there(at, {"cwd": "working directory", "root": "root directory"}[name]) if gone else unreadable.missing


def tracer(system: System, known: Status | Missing) -> tuple[int, str] | Missing | None:
    """Who traces it."""
    if isinstance(known, Missing):
        return known
    pid = known.tracer
    if isinstance(pid, Missing):
        return pid
    return (pid, comm(system.proc, pid)) if pid else None


def scheduling(system: System, at: Place, known: Status | Missing) -> Scheduling:
    """Of its first thread."""
    stat = at.stat
    autogroup: tuple[int, int] | Missing
    try:
        group = decode_autogroup(system.proc.read(at.path, "autogroup"))
        autogroup = group or Missing(Reason.UNSUPPORTED, "it is in no autogroup")
    except Unreadable as unreadable:
        autogroup = unreadable.missing
    return Scheduling(
        POLICIES.get(stat.policy, str(stat.policy)),
        stat.nice,
        stat.priority,
        stat.rt_priority,
        ioprio(at.id.pid),
        known if isinstance(known, Missing) else known.cpus,
        known if isinstance(known, Missing) else known.mems,
        stat.processor,
        autogroup,
        number(system, at, "timerslack_ns"),
    )
