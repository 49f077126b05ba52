"""Everything that processes hold, one process after the other, each as soon as it is known."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator

from explorer.collect.files import files
from explorer.collect.keepings import Keepings
from explorer.decode.fd.pipe import bracketed
from explorer.decode.proc.stat import decode
from explorer.model.held import USUAL, Held, Wanted
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.resolve.comm import comm
from explorer.resolve.system import System

FEW = 64
PATIENT = 2.0
"""Seconds that the first process may wait for who else holds what; those after it know from the same walk."""
KERNEL_THREAD = 0x00200000
"""PF_KTHREAD of include/linux/sched.h."""


def everything(system: System, pids: Iterable[int] | None = None, wanted: Wanted = USUAL) -> Iterator[Held]:
    """What these processes hold, or all that may be seen, by pid. Never raises; stop reading it whenever you like.

    One that went away, or may not be read, has a Held that says so. None is left out, but of all processes one that ended before
    anything of it was read. Of all, or of more than FEW, the kernel tells it in one walk where programs of ours may run in it; in
    all other cases, and when that stops in the middle, it is read from /proc.
    """
    named = None if pids is None else sorted(set(pids))
    last = 0
    if named is None or len(named) > FEW:
        try:
            for held in at_once(system, named, wanted):
                last = held.process.pid
                yield held
            return
        except Unreadable:
            pass  # it goes on from there
    yield from one_by_one(system, named, wanted, last)


def at_once(system: System, pids: Collection[int] | None, wanted: Wanted) -> Iterator[Held]:
    """In one walk, by /proc those that the kernel does not show to programs. Raises Unreadable where that cannot be, or cannot be ended."""
    # Here, so that nobody loads it who asks about a few.
    from explorer.collect.walk import Walk

    walk = Walk(system, wanted)
    try:
        hidden = sorted(walk.hidden if pids is None else set(pids) - walk.pids, reverse=True)
        keepings = Keepings(system)

        def before(pid: float) -> Iterator[Held]:
            while hidden and hidden[-1] < pid:
                found = one(system, hidden.pop(), wanted, keepings)
                if pids is not None or not is_gone(found):
                    yield found

        for held in walk.held(pids):
            yield from before(held.process.pid)
            yield held
        yield from before(float("inf"))
    finally:
        walk.close()


def one_by_one(system: System, pids: Iterable[int] | None, wanted: Wanted, last: int) -> Iterator[Held]:
    """By /proc alone, those after `last`."""
    try:
        numbers = [pid for pid in (system.proc.numbers() if pids is None else pids) if pid > last]
    except Unreadable as refused:
        yield Held(ProcessId(0, 0), "", refused.missing, refused.missing)
        return
    keepings = Keepings(system)
    machine = looked_at(system, numbers) if wanted.fds and wanted.peers and len(numbers) > FEW else system
    for pid in numbers:
        held = one(machine, pid, wanted, keepings)
        if pids is not None or not is_gone(held):
            yield held


def looked_at(system: System, pids: list[int], clock: Callable[[], float] = time.monotonic) -> System:
    """A system that knows who holds what by one look at the links of all processes, for PATIENT seconds; nobody is looked at again."""
    from explorer.resolve.everybody import AllSockets, Everybody, linked

    end, names, found = clock() + PATIENT, dict[int, str](), System(system.proc, system.reader)
    left, denied = set(pids), set[int]()

    def told() -> Iterator[bytes]:
        for pid in pids:
            if clock() >= end:
                return
            left.discard(pid)
            yield from linked(system.proc, (pid,), denied)

    def name(pid: int) -> str:
        if pid not in names:
            names[pid] = comm(system.proc, pid)
        return names[pid]

    holders = Everybody(system.proc, told(), name, fifos=False)
    if left:
        holders.left = Missing(Reason.TIMED_OUT, f"{len(left):,} processes not looked at within {PATIENT:g} s")
    holders.not_seen(denied)
    found.sockets = AllSockets(system.proc, system.reader, lambda pid: network(system, pid), network(system, "self"))
    found.mounts, found.stats, found.devices, found.holders = system.mounts, system.stats, system.devices, holders
    return found


def network(system: System, pid: int | str) -> int:
    """The inode of its network namespace, 0 where that may not be known."""
    try:
        return bracketed(system.proc.link(pid, "ns", "net"))
    except Unreadable:
        return 0


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
    kept, unmapped = keepings.of(pid, wanted)
    return Held(process, stat.comm, uid, fds, kept, unmapped)


def is_gone(held: Held) -> bool:
    """Whether the process ended before anything of it was read."""
    return isinstance(held.uid, Missing) and held.uid.reason is Reason.GONE
