"""Everything that processes hold, one process after the other, each as soon as it is known."""

from collections.abc import Iterable, Iterator

from explorer.collect.files import files
from explorer.collect.keepings import Keepings
from explorer.decode.proc.stat import decode
from explorer.model.held import USUAL, Held, Wanted
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.resolve.comm import comm
from explorer.resolve.system import System

PATIENT = 2.0
"""Seconds that the first process may wait for who else holds what; those after it know from the same walk."""
KERNEL_THREAD = 0x00200000
"""PF_KTHREAD of include/linux/sched.h."""


def everything(system: System, pids: Iterable[int] | None = None, wanted: Wanted = USUAL) -> Iterator[Held]:
    """What these processes hold, or all that may be seen, by pid. Never raises; stop reading it whenever you like.

    One that went away, or may not be read, has a Held that says so. None is left out, but of all processes one that ended before
    anything of it was read.
    """
    named = pids is not None
    if pids is None:
        try:
            pids = system.proc.numbers()
        except Unreadable as refused:
            yield Held(ProcessId(0, 0), "", refused.missing, refused.missing)
            return
    keepings = Keepings(system)
    for pid in pids:
        held = one(system, pid, wanted, keepings)
        if named or not is_gone(held):
            yield held


def one(system: System, pid: int, wanted: Wanted, keepings: Keepings) -> Held:
    """By /proc alone."""
    try:
        stat = decode(system.proc.read(pid, "stat"))
        uid: int | Missing = system.proc.owner(pid)
    except Unreadable as refused:
        return Held(ProcessId(pid, 0), "", refused.missing, refused.missing)
    if isinstance(stat, Missing):
        return Held(ProcessId(pid, 0), comm(system.proc, pid), uid, stat)
    process = ProcessId(pid, stat.starttime)
    if stat.flags & KERNEL_THREAD:
        return Held(process, stat.comm, uid)
    fds = files(system, pid, budget=PATIENT) if wanted.fds else ()
    kept: tuple[Keeping, ...] = keepings.places(pid) if wanted.places else ()
    mapped = keepings.mapped(pid) if wanted.mapped else ()
    unmapped = mapped if isinstance(mapped, Missing) else None
    return Held(process, stat.comm, uid, fds, (*kept, *(() if isinstance(mapped, Missing) else mapped)), unmapped)


def is_gone(held: Held) -> bool:
    """Whether the process ended before anything of it was read."""
    return isinstance(held.uid, Missing) and held.uid.reason is Reason.GONE
