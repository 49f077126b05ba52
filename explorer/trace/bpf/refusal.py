"""Why a process cannot be traced by programs in the kernel: much less than what speaks against stopping it."""

import os

from explorer.decode.proc import stat
from explorer.kernel.procfs import Procfs
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.model.snapshot import PF_KTHREAD


def refusal(proc: Procfs, target: ProcessId) -> Missing | None:
    """None where nothing speaks against it. Reads /proc."""
    try:
        threads = len(proc.names(target.pid, "task"))
        now = stat.decode(proc.read(target.pid, "stat"))
    except Unreadable as error:
        return Missing(error.missing.reason, f"process {target.pid}", error.missing.cure)
    if isinstance(now, Missing) or now.starttime != target.start:
        return Missing(Reason.GONE, f"process {target.pid}")
    who = f"{target.pid} {now.comm}"
    if target.pid == os.getpid():
        return Missing(Reason.UNSUPPORTED, f"{who} is procdive itself: what it writes of its calls would be calls to write of")
    if now.flags & PF_KTHREAD:
        return Missing(Reason.UNSUPPORTED, f"{who} is a kernel thread: it makes no system calls")
    if now.state in {"Z", "X"} and threads < 2:
        return Missing(Reason.GONE, f"{who} has ended, its parent has not taken notice")
    return None
