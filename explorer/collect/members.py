"""Which processes belong to a systemd unit, by their control groups."""

from collections.abc import Iterable

from explorer.decode.proc.cgroup import decode
from explorer.model.missing import Unreadable
from explorer.resolve.system import System
from explorer.resolve.unit import unit


def members(system: System, name: str, pids: Iterable[int]) -> list[int]:
    """Those of the pids that are of this unit, of the system's manager or of a user's own. Nothing here blocks."""
    found = []
    for pid in pids:
        try:
            theirs = unit(decode(system.proc.read(pid, "cgroup")))
        except Unreadable:
            continue
        if name in {theirs.unit, theirs.user_unit}:
            found.append(pid)
    return found
