"""Who shows what we write: tracing it makes an event of each event that we show."""

import os

from explorer.kernel.procfs import Procfs
from explorer.trace.refusal import parent


def feeds_us(proc: Procfs, pid: int) -> bool:
    """Whether a process stands between us and the eyes of whom we write for: our shell, sshd, terminal, tmux's server."""
    return pid in showing(proc)


def showing(proc: Procfs) -> frozenset[int]:
    """All of those: who is above us, and above the server and the client of the tmux or screen that we are in."""
    found: set[int] = set()
    multiplexer = os.environ.get("TMUX", "").split(",")
    starts = [os.getppid(), *(int(word) for word in multiplexer[1:2] if word.isdigit())]
    for start in starts:
        pid = start
        while pid > 1 and pid not in found:
            found.add(pid)
            pid = parent(proc, pid)
    return frozenset(found)
