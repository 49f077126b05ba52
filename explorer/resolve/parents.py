"""Who is above a process."""

from typing import Final

from explorer.decode.proc.stat import decode
from explorer.model.missing import Missing, Unreadable
from explorer.model.origin import Ancestor
from explorer.resolve.system import System

MOST: Final = 1000


def parents(system: System, ppid: int) -> tuple[Ancestor, ...]:
    """From the parent up to process 1, or as far as may be seen.

    Never loops: while one reads, pids may be used again and seem to be their own ancestors.
    """
    found: list[Ancestor] = []
    seen: set[int] = set()
    while ppid > 0 and ppid not in seen and len(found) < MOST:
        seen.add(ppid)
        try:
            stat = decode(system.proc.read(ppid, "stat"))
        except Unreadable:
            break
        if isinstance(stat, Missing):
            break
        found.append(Ancestor(ppid, stat.comm))
        ppid = stat.ppid
    return tuple(found)
