"""What a process does with signals."""

from explorer.decode.proc.status import decode
from explorer.model.missing import Missing, Unreadable
from explorer.model.status import Signals
from explorer.resolve.system import System


def dispositions(system: System, pid: int) -> Signals | Missing:
    """Pending, blocked, ignored and caught signals: the Sig* lines of /proc/PID/status (proc_pid_status(5))."""
    try:
        return decode(system.proc.read(pid, "status")).signals
    except Unreadable as error:
        return error.missing
