"""Thread id → the process that it belongs to."""

from explorer.kernel.procfs import Procfs
from explorer.model.missing import Missing, Reason, Unreadable


def process_of(proc: Procfs, tid: int) -> int | Missing:
    """Its own number where it is a process. Missing GONE where it is neither. Does not block."""
    try:
        for line in proc.read(tid, "status").splitlines():
            if line.startswith(b"Tgid:"):
                return int(line[5:])
    except ValueError:
        return Missing(Reason.UNSUPPORTED, f"/proc/{tid}/status")
    except Unreadable as refused:
        return refused.missing
    return Missing(Reason.UNSUPPORTED, f"/proc/{tid}/status")
