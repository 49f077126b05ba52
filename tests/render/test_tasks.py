"""render/tasks.py"""

from explorer.model.missing import Missing, Reason
from explorer.model.task import Task
from explorer.render.piece import plain
from explorer.render.tasks import task_lines


def test_lines() -> None:
    tasks = (
        Task(812, "nginx", "S", 6000, 100, 1, 0, "SCHED_NORMAL", 0, 1202, 33),
        Task(813, "日本\x1b", "D", 0, 0, 0, -5, "SCHED_FIFO", 50, Missing(Reason.GONE), 1),
    )
    head, first, second = (plain(line).split() for line in task_lines(tasks))
    assert head[0] == "TID"
    assert first == ["812", "nginx", "S", "00:01:01", "1", "0", "1,202/33", "SCHED_NORMAL"]
    assert second == ["813", r"日本\e", "D", "00:00:00", "0", "-5", "?/1", "SCHED_FIFO", "50"]
