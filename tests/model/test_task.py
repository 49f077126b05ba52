"""model/task.py"""

from explorer.model.task import Task


def test_in_the_words_of_proc() -> None:
    task = Task(1, "a", "S", 2, 3, 0, -5, "SCHED_NORMAL", 0, 4, 5)
    assert task.utime + task.stime == 5
