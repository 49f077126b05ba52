"""Pid → the name of a process."""

from explorer.decode.text import text
from explorer.kernel.procfs import Procfs
from explorer.model.missing import Unreadable


def comm(proc: Procfs, pid: int) -> str:
    """As proc_pid_comm(5) has it, at most 15 bytes; "" where the process is gone."""
    try:
        return text(proc.read(pid, "comm").removesuffix(b"\n"))
    except Unreadable:
        return ""
