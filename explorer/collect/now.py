"""What a process is doing at this moment: the one thread that says most about it."""

from typing import Final

from explorer.collect.glance import Glance
from explorer.collect.samples import Samples, Seen, gone, samples_of
from explorer.collect.thread import thread
from explorer.decode.proc.stat import decode as decode_stat
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.model.stack import Now
from explorer.resolve.system import System

LOOKS: Final = 150
"""Threads whose state is read in one tick; of a process with more, those known to run or to be blocked first, the rest in turns."""


def now(system: System, process: ProcessId | int, samples: Samples | None = None) -> Now | Missing:
    """The first running thread, else the one longest in D, else the leader (else, where that has ended, the longest blocked of the living).

    Cheap enough for every tick: at most LOOKS states, one thread in full. Missing where the process is gone, or its pid
    is another process now. A zombie answers with its ended leader.
    """
    samples = samples or samples_of(system)
    pid = process if isinstance(process, int) else process.pid
    try:
        stat = decode_stat(system.proc.read(pid, "stat"))
    except Unreadable as unreadable:
        return gone(pid) if unreadable.missing.reason is Reason.GONE else unreadable.missing
    if isinstance(stat, Missing):
        return stat
    identity = ProcessId(pid, stat.starttime)
    if not isinstance(process, int) and identity != process:
        return gone(pid)
    glance = Glance(system, pid)
    tids = samples.tids(system, identity, stat.num_threads) if stat.num_threads > 1 or stat.state in "ZX" else (pid,)
    few = len(tids) <= LOOKS
    looks = (samples.look(system, identity, tid, thoroughly=few or tid == pid) for tid in samples.some(identity, tids, LOOKS))
    looked = [seen for seen in looks if not isinstance(seen, Missing)]
    while (chosen := choose(looked, pid)) is not None:
        again = chosen if few else samples.look(system, identity, chosen.tid)
        made = again if isinstance(again, Missing) else thread(glance, again)
        if not isinstance(made, Missing):
            return Now(identity, made, max(0, len(tids) - 1))
        looked.remove(chosen)
    return gone(pid)


def choose(looked: list[Seen], leader: int) -> Seen | None:
    """The one to show."""
    running = next((seen for seen in looked if seen.stat.state == "R"), None)
    if running is not None:
        return running
    blocked = [seen for seen in looked if seen.stat.state == "D"]
    if blocked:
        return max(blocked, key=lambda seen: seen.age.seconds)
    first = next((seen for seen in looked if seen.tid == leader), None)
    if first is not None and first.stat.state not in "ZX":
        return first
    living = [seen for seen in looked if seen.stat.state not in "ZX"]
    return max(living, key=lambda seen: seen.age.seconds) if living else first
