"""The environment that a process was started with."""

from typing import Final

from explorer.decode.proc.environ import decode
from explorer.model.environ import Environ
from explorer.model.missing import Missing, Unreadable
from explorer.model.process import ProcessId
from explorer.resolve.place import nothing_there, place
from explorer.resolve.system import System

LIMIT: Final = 8 << 20


def environment(system: System, process: ProcessId | int) -> Environ | Missing:
    """Missing where the process is gone, has none, or may not be asked. Never raises; blocks for the reader's deadline at the most.

    As execve was given it: what the program changed since, it keeps elsewhere, and a title that it wrote may stand over it.
    """
    at = place(system, process)
    if isinstance(at, Missing):
        return at
    if at.kernel_thread or at.zombie:
        return nothing_there(at, "environment")
    try:
        return decode(system.reader.read(system.proc.path(at.path, "environ"), LIMIT), LIMIT)
    except Unreadable as unreadable:
        return unreadable.missing
