"""What a process has used up so far."""

from explorer.decode.proc.io import decode
from explorer.kernel.clock import boottime
from explorer.model.missing import Missing, Unreadable
from explorer.model.overview import Usage
from explorer.model.status import Status
from explorer.resolve.place import Place
from explorer.resolve.system import System


def usage(system: System, at: Place, status: Status | Missing) -> Usage:
    """Now: stat and status were read a moment ago."""
    io: dict[str, int] | Missing
    try:
        io = decode(system.proc.read(at.id.pid, "io"))
    except Unreadable as unreadable:
        io = unreadable.missing
    stat = at.stat
    return Usage(
        boottime(),
        stat.utime,
        stat.stime,
        stat.minflt,
        stat.majflt,
        status if isinstance(status, Missing) else status.voluntary_switches,
        status if isinstance(status, Missing) else status.involuntary_switches,
        io,
        status if isinstance(status, Missing) else status.memory,
    )
