"""Which process a pid is now, and through which of its threads it can be looked at."""

import os
from dataclasses import dataclass

from explorer.decode.proc.stat import Stat, decode
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.process import ProcessId
from explorer.model.snapshot import PF_KTHREAD
from explorer.resolve.system import System

DEAD = frozenset("ZX")


@dataclass(frozen=True, slots=True)
class Place:
    """stat: of the leader. path: what stands between /proc and a file of it, "812", or "812/task/815" where the leader has ended."""

    id: ProcessId
    stat: Stat
    path: str

    @property
    def kernel_thread(self) -> bool:
        """PF_KTHREAD decides."""
        return bool(self.stat.flags & PF_KTHREAD)

    @property
    def zombie(self) -> bool:
        """Ended with all its threads, and not yet waited for."""
        return self.stat.state in DEAD and self.path == str(self.id.pid)

    @property
    def exit_code(self) -> int | None:
        """Of a zombie, as wait(2) has it; None where it is not known: who may not see it reads 0 (fs/proc/array.c, do_task_stat)."""
        return self.stat.exit_code if self.zombie and (self.stat.exit_code or os.geteuid() == 0) else None


def place(system: System, process: ProcessId | int) -> Place | Missing:
    """GONE where there is no such process any more, also where its pid is another process by now; the detail says which."""
    pid = process if isinstance(process, int) else process.pid
    try:
        stat = decode(system.proc.read(pid, "stat"))
        if isinstance(stat, Missing):
            return stat
        if not isinstance(process, int) and stat.starttime != process.start:
            return Missing(Reason.GONE, f"{pid} is another process now ({stat.comm})", f"procdive {pid} shows that one")
        path = str(pid)
        if stat.state in DEAD:
            # Its memory, files and credentials live on in threads that outlive the leader.
            for tid in system.proc.numbers(pid, "task"):
                other = decode(system.proc.read(pid, "task", tid, "stat"))
                if not isinstance(other, Missing) and other.state not in DEAD:
                    path = f"{pid}/task/{tid}"
                    break
    except Unreadable as unreadable:
        found = unreadable.missing
        return Missing(Reason.GONE, f"there is no process {pid}") if found.reason is Reason.GONE else found
    return Place(ProcessId(pid, stat.starttime), stat, path)


def nothing_there(at: Place, what: str) -> Missing:
    """Why a file of a process that lives is empty or not to be had: kernel threads and zombies have none."""
    if at.kernel_thread:
        return Missing(Reason.UNSUPPORTED, f"a kernel thread has no {what}")
    if at.zombie:
        return Missing(Reason.GONE, f"a zombie has no {what} any more", f"its parent, {at.stat.ppid}, has not waited for it yet")
    return Missing(Reason.GONE, f"it has no {what}")
