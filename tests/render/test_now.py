"""render/now.py"""

import pytest

from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.model.stack import Age, Doing, Now, Wait
from explorer.render.now import age_text, due_text, now_line, waits_line
from explorer.render.piece import Role, plain
from explorer.render.width import width
from tests.render.stacks import BACKUP, thread
from tests.render.test_inflight import EPOLL

WAITS = Wait("epoll", "waits for tcp 0.0.0.0:80, unix to 811 nginx, tcp 10.0.0.5:80 ← 10.0.0.9:51122 and 2 more", due=2.7)
WORKER = Now(ProcessId(812, 1), thread(812, "nginx", doing=Doing.CALL, call=EPOLL, age=Age(2.1), waits=WAITS), 0)


def test_the_card_of_the_sketch() -> None:
    now = plain(now_line(WORKER, 79))
    assert now.startswith("now epoll_wait(8<eventpoll, 5 watched>, …, 512, 4.8 s)  ")
    assert now.endswith("  for 2.1 s")
    assert width(now) == 79
    line = waits_line(WORKER, 79)
    assert line is not None
    assert plain(line).startswith("··· waits for tcp 0.0.0.0:80, unix to 811 nginx, tcp")
    assert plain(line).endswith("… — or 2.7 s from now")


def test_another_thread_than_the_leader_is_named() -> None:
    now = Now(ProcessId(1301, 5), BACKUP.threads[0], 3)
    assert plain(now_line(now, 79)).startswith("now 1305 pool-1: fsync(9</mnt/nas/backup.tar>)")
    assert plain(now_line(now, 79)).endswith("+3 threads  for ≥ 12 s")
    line = waits_line(now, 79)
    assert line is not None
    assert {part.role for part in line[1:] if part.text} == {Role.FAILED}


def test_running_ended_denied_gone() -> None:
    who = ProcessId(7, 1)
    assert plain(now_line(Now(who, thread(7, "x", "R", doing=Doing.USER), 0), 60)) == "now running, in user code"
    assert plain(now_line(Now(who, thread(7, "x", "Z", doing=Doing.ENDED, age=Age(3.0)), 0), 60)) == "now ended"
    denied = thread(7, "x", "D", doing=Missing(Reason.DENIED, "x", "y"), wchan="nfs_wait", age=Age(3.0))
    assert plain(now_line(Now(who, denied, 0), 60)).split("  ")[0] == "now blocked in nfs_wait (its call: denied)"
    assert plain(now_line(Missing(Reason.GONE, "process 7"), 60)) == "now process 7: gone"
    assert waits_line(Missing(Reason.GONE), 60) is None


@pytest.mark.parametrize("columns", [10, 30, 40, 60, 100])
def test_never_wider_than_asked(columns: int) -> None:
    for now in (WORKER, Now(ProcessId(1301, 5), BACKUP.threads[0], 12)):
        assert width(plain(now_line(now, columns))) <= columns
        assert width(plain(waits_line(now, columns) or ())) <= columns


def test_ages() -> None:
    assert [age_text(age) for age in (Age(2.1), Age(41, at_least=True), Age(41, about=True), Age(0.0, at_least=True), Age(0.0))] == [
        "2.1 s",
        "≥ 41 s",
        "~41 s",
        "",
        "0.0 s",
    ]


def test_due() -> None:
    assert due_text(Wait("timer", "sleeps", due=100.0)) == " until 100 s from now"
    assert due_text(Wait("poll", "waits", due=2.7, due_most=True)) == " — or at most 2.7 s from now"
    assert due_text(Wait("poll", "waits")) == ""
