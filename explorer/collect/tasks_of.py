"""The threads of one process, a line each; what they are doing is collect/stacks.py."""

from explorer.decode.constants.sched import POLICIES
from explorer.decode.proc.stat import decode
from explorer.decode.proc.status import decode as decode_status
from explorer.model.missing import Missing, Unreadable
from explorer.model.task import Task
from explorer.resolve.place import Place
from explorer.resolve.system import System


def tasks_of(system: System, at: Place) -> tuple[Task, ...] | Missing:
    """Ascending; a thread that ends meanwhile is left out."""
    try:
        tids = system.proc.numbers(at.id.pid, "task")
    except Unreadable as unreadable:
        return unreadable.missing
    found = []
    for tid in tids:
        try:
            stat = decode(system.proc.read(at.id.pid, "task", tid, "stat"))
            status = decode_status(system.proc.read(at.id.pid, "task", tid, "status"))
        except Unreadable:
            continue
        if not isinstance(stat, Missing):
            found.append(
                Task(
                    tid,
                    stat.comm,
                    stat.state,
                    stat.utime,
                    stat.stime,
                    stat.processor,
                    stat.nice,
                    POLICIES.get(stat.policy, str(stat.policy)),
                    stat.rt_priority,
                    status.voluntary_switches,
                    status.involuntary_switches,
                )
            )
    return tuple(found)
