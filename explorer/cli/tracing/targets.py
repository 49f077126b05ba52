"""Whom procdive trace attaches to: processes with their identities, what speaks against it, what it will cost them."""

import argparse
from collections.abc import Iterator, Sequence

from explorer.cli.output import Output
from explorer.cli.targets import targets
from explorer.collect.busy import busy
from explorer.decode.proc import stat
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.resolve.comm import comm
from explorer.resolve.system import System
from explorer.trace.choice import engine_for
from explorer.trace.feeds import showing


def chosen(options: argparse.Namespace, system: System, out: Output, *, seen: bool) -> tuple[list[ProcessId], bool]:
    """Those that can be traced, and whether all that was asked for is among them; what speaks against the others is said.

    seen: the trace goes where somebody may look at it, so that tracing what shows it would feed on itself.
    """
    found = targets(system, options.targets, options.pids)
    for remark in (*found.remarks, *found.missing):
        out.complain(remark)
    pids = list(found.pids)
    if options.tree:
        pids = list(dict.fromkeys((*pids, *below(system, pids))))
    shows = showing(system.proc) if seen and not options.force else frozenset()
    good, whole = [], not found.missing
    for pid in pids:
        target = identity(system, pid)
        if isinstance(target, Missing):
            why: Missing | None = target
        elif pid in shows:
            told = f"{pid} {comm(system.proc, pid)} shows you this trace: each line would make more of them"
            why = Missing(Reason.UNSUPPORTED, told, "-o FILE keeps it away from there, --force does it anyway")
        else:
            why = engine_for(target, options.engine)[0].unusable(target)
        if why is None and not isinstance(target, Missing):
            good.append(target)
        elif why is not None:
            out.complain(why)
            whole = False
    return good, whole


def identity(system: System, pid: int) -> ProcessId | Missing:
    """Its pid and start time."""
    try:
        found = stat.decode(system.proc.read(pid, "stat"))
    except Unreadable as error:
        return Missing(error.missing.reason, f"process {pid}", error.missing.cure)
    return found if isinstance(found, Missing) else ProcessId(pid, found.starttime)


def below(system: System, pids: Sequence[int]) -> list[int]:
    """All living descendants, parents first."""
    children: dict[int, list[int]] = {}
    for pid, parent in family(system):
        children.setdefault(parent, []).append(pid)
    out, todo = [], list(pids)
    while todo:
        found = children.pop(todo.pop(0), [])
        out += found
        todo += found
    return out


def family(system: System) -> Iterator[tuple[int, int]]:
    """(pid, parent's) of everybody."""
    for pid in system.proc.numbers():
        try:
            found = stat.decode(system.proc.read(pid, "stat"))
        except Unreadable:
            continue
        if not isinstance(found, Missing):
            yield pid, found.ppid


def threads(system: System, processes: Sequence[ProcessId]) -> frozenset[int]:
    """All that they have now."""
    found: set[int] = set()
    for process in processes:
        try:
            found.update(system.proc.numbers(process.pid, "task"))
        except Unreadable:
            continue
    return frozenset(found)


def warn(system: System, processes: Sequence[ProcessId], out: Output) -> None:
    """One line for each that is busy: what stopping it twice a call will do to it."""
    for process, found in busy(system, processes).items():
        if isinstance(found, Missing) or found.idle:
            continue
        doing = f"{found.cpu:.0f}% of a core, {found.kernel:.0f}% in the kernel"
        if found.cpu < 1:
            doing = f"{found.calls:.0f} calls a second or more"
        who = f"{process.pid} {comm(system.proc, process.pid)}".rstrip()
        out.complain(f"{who} is busy ({doing}): ptrace stops it twice a call; it will run many times slower while it is traced")
