"""Why the descriptors of a process cannot be shown, and what is still known."""

import os

from explorer.decode.proc.stat import decode as decode_stat
from explorer.decode.proc.status import decode_fields
from explorer.model.files import NoFiles
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.model.snapshot import PF_KTHREAD
from explorer.resolve.comm import comm
from explorer.resolve.system import System


def no_files(system: System, process: ProcessId, why: Missing | None) -> NoFiles:
    """Of a process whose folder of descriptors may not be read (why), or is empty. Never raises."""
    pid, uid, slots = process.pid, os.geteuid(), 0
    kernel_thread = gave_up = False
    try:
        stat = decode_stat(system.proc.read(pid, "stat"))
        if not isinstance(stat, Missing):
            kernel_thread = bool(stat.flags & PF_KTHREAD)
        status = decode_fields(system.proc.read(pid, "status"))
        slots = int(word) if (word := status.get("FDSize", "")).isdecimal() else 0
        ours = status.get("Uid", "").split()[1:2] == [str(uid)]
        gave_up = why is not None and why.reason is Reason.DENIED and uid != 0 and ours and system.proc.owner(pid, "fd") != uid
    except Unreadable:
        pass
    return NoFiles(pid, comm(system.proc, pid), why, kernel_thread, slots, gave_up, system.users.name(uid))


def replaced(system: System, process: ProcessId) -> Missing | None:
    """Whether the pid means another process by now, or none; None where it is still the same."""
    try:
        stat = decode_stat(system.proc.read(process.pid, "stat"))
    except Unreadable as refused:
        return refused.missing
    if isinstance(stat, Missing) or stat.starttime == process.start:
        return None
    return Missing(Reason.GONE, f"{process.pid} is another process now ({stat.comm})")
