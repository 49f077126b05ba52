"""What is still known of a process of which something cannot be shown."""

import os

from explorer.collect.status import status
from explorer.model.absent import Absent
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.resolve.place import place
from explorer.resolve.system import System


def absent(system: System, process: ProcessId, missing: Missing) -> Absent:
    """Never raises."""
    us = system.users.name(os.geteuid())
    at = place(system, process)
    if isinstance(at, Missing):
        return Absent(process, "", at, us=us)
    known = status(system, at)
    if isinstance(known, Missing):
        return Absent(process, at.stat.comm, missing, at.stat.state, us=us)
    owner = "" if isinstance(known.uid, Missing) else system.users.name(known.uid[1])
    memory = known.memory
    return Absent(process, at.stat.comm, missing, at.stat.state, owner, us, memory.get("VmRSS", 0), memory.get("VmSize", 0))
