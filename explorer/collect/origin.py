"""Where a process comes from: its parents, and what its control group says of who started it."""

from explorer.collect.numbers import number
from explorer.decode.proc.cgroup import decode
from explorer.decode.proc.number import NOBODY
from explorer.model.cgroup import Cgroup, Unit
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.origin import Ancestor, Origin
from explorer.resolve.comm import comm
from explorer.resolve.container import container
from explorer.resolve.parents import parents
from explorer.resolve.place import Place
from explorer.resolve.system import System
from explorer.resolve.unit import unit


def cgroups(system: System, at: Place) -> tuple[Cgroup, ...] | Missing:
    """Of each hierarchy."""
    try:
        return decode(system.proc.read(at.path, "cgroup"))
    except Unreadable as unreadable:
        return unreadable.missing


def origin(system: System, at: Place, groups: tuple[Cgroup, ...] | Missing) -> Origin:
    """Told by what is there now; nobody keeps who really called fork where that one has ended."""
    known = () if isinstance(groups, Missing) else groups
    session = at.stat.session
    leader = comm(system.proc, session) if session > 0 and session != at.id.pid else ""
    login = number(system, at, "sessionid")
    return Origin(
        parents(system, at.stat.ppid),
        unit(known) if known else Unit(),
        container(known),
        Ancestor(session, leader) if leader else None,
        Missing(Reason.GONE, "no login session") if login == NOBODY else login,
    )
