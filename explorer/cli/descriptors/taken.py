"""The rows that are chosen, as they come, and which terms were met."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from explorer.cli.descriptors.asked import Asked
from explorer.collect.everything import everything
from explorer.decode.proc.stat import decode
from explorer.model.held import Held, Wanted
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.query.selection import NOTHING
from explorer.query.thing import Owner, Thing
from explorer.resolve.system import System


@dataclass(slots=True)
class Told:
    """What became known on the way. met: terms that something was chosen for. shown: rows. denied: processes that may not be read.
    failed: why one could not be that was asked for by number or name. empty: processes that have nothing open. silent: processes whose
    mapped files could not be read in time.
    """

    met: set[int] = field(default_factory=set)
    shown: int = 0
    denied: int = 0
    failed: list[Missing] = field(default_factory=list)
    empty: list[Owner] = field(default_factory=list)
    silent: int = 0


def taken(system: System, asked: Asked, told: Told, *, peers: bool = True) -> Iterator[tuple[Owner, list[Thing]]]:
    """Each process of which something is meant, with that, by pid. Never raises; fills in told. peers: who is at the other end, too."""
    ways = asked.selection.ways
    wanted = Wanted(peers=peers, places=bool(ways), mapped="mapped" in ways, others=not asked.selection.only_sockets)
    owners = None
    if asked.selection.asks_for_processes:
        try:
            owners = candidates(system, asked)
        except Unreadable as refused:
            told.failed.append(refused.missing)
            return
    for held in everything(system, asked.pids if owners is None else owners, wanted):
        owner, met = (owner_in(system, held), NOTHING) if owners is None else owners[held.process.pid]
        told.met |= met
        told.silent += held.unmapped is not None and held.unmapped.reason is Reason.TIMED_OUT
        if isinstance(held.fds, Missing):
            refuse(told, held.fds, each=owner.pid in asked.single or not owner.pid)
        elif not held.fds and wanted.others and owner.pid in asked.single:
            told.empty.append(owner)
        chosen = list(meant(asked, owner, met, held, told))
        told.shown += len(chosen)
        if chosen:
            yield owner, chosen


def candidates(system: System, asked: Asked) -> dict[int, tuple[Owner, frozenset[int]]]:
    """The processes of which something may be meant, with the terms that they meet themselves. Raises Unreadable."""
    pids = system.proc.numbers() if asked.pids is None else asked.pids
    found = {}
    for pid in pids:
        owner = owner_of(system, pid)
        met = asked.selection.process(owner)
        if met is not None:
            found[pid] = owner, met
    return found


def owner_of(system: System, pid: int) -> Owner:
    """Who it is; what is not known of it is left empty."""
    try:
        stat = decode(system.proc.read(pid, "stat"))
        uid = system.proc.owner(pid)
    except Unreadable:
        return Owner(pid, "")
    user = system.users.name(uid)
    return Owner(pid, "", user, uid) if isinstance(stat, Missing) else Owner(pid, stat.comm, user, uid, stat.pgrp)


def owner_in(system: System, held: Held) -> Owner:
    """Who holds it."""
    uid = held.uid
    return (
        Owner(held.process.pid, held.comm) if isinstance(uid, Missing) else Owner(held.process.pid, held.comm, system.users.name(uid), uid)
    )


def meant(asked: Asked, owner: Owner, met: frozenset[int], held: Held, told: Told) -> Iterator[Thing]:
    """What of it is chosen."""
    fds: Sequence[Thing] = () if isinstance(held.fds, Missing) else held.fds
    exe = next(((kept.inode, kept.path) for kept in held.keepings if kept.how == "exe"), None)
    for thing in (*held.keepings, *fds):
        # Its own executable is mapped by everybody; it has its row already.
        if isinstance(thing, Keeping) and (thing.unread is not None or (thing.how == "mapped" and (thing.inode, thing.path) == exe)):
            continue
        here = asked.selection.chosen(met, thing)
        if here is not None:
            told.met |= here
            if asked.filter is None or asked.filter(owner, thing):
                yield thing


def refuse(told: Told, why: Missing, *, each: bool) -> None:
    """Why a process could not be looked at."""
    if each:
        told.failed.append(why)
    elif why.reason is Reason.DENIED:
        told.denied += 1
