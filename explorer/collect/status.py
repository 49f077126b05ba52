"""/proc/PID/status, read and understood."""

from explorer.decode.proc.status import decode
from explorer.model.missing import Missing, Unreadable
from explorer.model.status import Status
from explorer.resolve.place import Place
from explorer.resolve.system import System


def status(system: System, at: Place) -> Status | Missing:
    """Of the leader, or of a thread that outlived it."""
    try:
        return decode(system.proc.read(at.path, "status"))
    except Unreadable as unreadable:
        return unreadable.missing
