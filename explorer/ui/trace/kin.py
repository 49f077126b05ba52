"""Which processes are ours, and which stand between a person and this screen. Pure, from the table."""

from collections.abc import Mapping
from typing import Final

from explorer.model.snapshot import Process

TMUX_SERVER: Final = "tmux: server"
TMUX_CLIENT: Final = "tmux: client"


def above(processes: Mapping[int, Process], pid: int) -> list[Process]:
    """Its ancestors, nearest first, init left out."""
    found: list[Process] = []
    seen = {pid, 0, 1}
    while (row := processes.get(pid)) is not None and row.ppid not in seen:
        pid = row.ppid
        seen.add(pid)
        if pid in processes:
            found.append(processes[pid])
    return found


def showing(processes: Mapping[int, Process], us: int) -> frozenset[int]:
    """Those that our drawing passes through: the shell, tmux or sshd above us; above tmux's clients too."""
    found = above(processes, us)
    if any(process.comm.startswith(TMUX_SERVER) for process in found):
        clients = [process for process in processes.values() if process.comm.startswith(TMUX_CLIENT)]
        found += [each for client in clients for each in (client, *above(processes, client.id.pid))]
    return frozenset(process.id.pid for process in found)


def ours(processes: Mapping[int, Process], us: int) -> frozenset[int]:
    """We and what works for us: our children that lead a session of their own. The others are commands that were started here."""
    return frozenset({us, *(each.id.pid for each in processes.values() if each.ppid == us and each.session == each.id.pid)})


def below(processes: Mapping[int, Process], pid: int) -> list[Process]:
    """A process and all its descendants, parents first."""
    children: dict[int, list[Process]] = {}
    for process in processes.values():
        children.setdefault(process.ppid, []).append(process)
    found = [processes[pid]] if pid in processes else []
    seen = {pid}
    for process in found:
        for child in children.get(process.id.pid, ()):
            if child.id.pid not in seen and not child.thread_of:
                seen.add(child.id.pid)
                found.append(child)
    return found
