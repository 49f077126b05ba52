"""The threads of a process, a line each."""

from explorer.model.process import TICKS
from explorer.model.task import Task
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.states import ROLES
from explorer.render.times import clock
from explorer.render.width import cut, width


def task_lines(tasks: tuple[Task, ...]) -> tuple[Line, ...]:
    """With a header."""
    head = (Piece(f"{'TID':>7} {'NAME':<15} S {'TIME':>8} {'CPU':>4} {'NI':>3} {'SWITCHES':>19}  POLICY", Role.SECONDARY),)
    return (head, *(task_line(task) for task in tasks))


def task_line(task: Task) -> Line:
    """One."""
    name = piece(cut(piece(task.comm).text, 15), Role.NAME)
    switches = "/".join(f"{count:,}" if isinstance(count, int) else "?" for count in (task.voluntary_switches, task.involuntary_switches))
    policy = f"{task.policy} {task.rt_priority}" if task.rt_priority else task.policy
    return (
        piece(f"{task.tid:>7} "),
        name,
        piece(" " * (16 - width(name.text))),
        piece(f"{task.state:<1} ", ROLES.get(task.state, Role.TEXT)),
        piece(f"{clock((task.utime + task.stime) // TICKS):>8} {task.processor:>4} {task.nice:>3} {switches:>19}  {policy}"),
    )
