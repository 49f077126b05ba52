"""render/stack.py"""

from dataclasses import replace
from typing import Any

import pytest

from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.model.stack import Age, Doing, Stacks
from explorer.render.piece import Role, plain
from explorer.render.sheet import Sheet, Target
from explorer.render.stack import common, sheet
from explorer.render.width import width
from tests.render.stacks import BACKUP, FUTEX, thread

DENIED = Missing(Reason.DENIED, "/proc/1302/task/1302/syscall", "sudo procdive 1302")


def text(made: Sheet, columns: int, *unfold: int) -> str:
    lines = [plain(note) for note in made.notes] + [plain(made.header)]
    for index, row in enumerate(made.rows):
        lines.append(plain(row.line))
        if index in unfold and row.unfold:
            lines += [plain(line) for line in row.unfold(columns)]
    return "\n".join(line.rstrip() for line in (*lines, plain(made.summary)))


def test_the_picture_at_79_columns() -> None:
    assert text(sheet(BACKUP, 79), 79, 0, 2) == """\
 tid thread      S  CPU% in                                                 for
1305 pool-1      D   0.0 fsync(9</mnt/nas/backup.tar>)                   ≥ 12 s
       blocked in the kernel, no signal reaches it: nfs4 on nas:/export
1303 python3     R  12.4 running, in user code
1301 python3     S   0.0 wait4(1302<rsync>, …, 0, NULL)                    41 s
       waits for 1302 rsync to end; that one is stopped (T)
       do_wait+0x5c
       kernel_wait4+0xa8
       nfs_wait+0x93 [nfs]
1304 pool-0      S   0.0 futex(0x7f3c…40, FUTEX_WAIT, 2)                   41 s
2 sleep  1 blocked  1 runs"""


def test_the_picture_at_44_columns() -> None:
    assert text(sheet(BACKUP, 44), 44, 2) == """\
 tid thread      S in                    for
1305 pool-1      D fsync(9</m…tar>)   ≥ 12 s
1303 python3     R running, in use…
1301 python3     S wait4(1302, …)       41 s
       waits for 1302 rsync to end; that
         one is stopped (T)
       wait4(1302<rsync>, …, 0, NULL)
       do_wait+0x5c
       kernel_wait4+0xa8
       nfs_wait+0x93 [nfs]
1304 pool-0      S futex(0x7f3c…40…     41 s
2 sleep  1 blocked  1 runs"""


@pytest.mark.parametrize("columns", [20, 44, 64, 79, 160])
@pytest.mark.parametrize("options", [frozenset[str](), frozenset({"grouped"})])
def test_no_line_is_wider_than_asked(columns: int, options: frozenset[str]) -> None:
    made = sheet(BACKUP, columns, options)
    for line in (made.header, *(row.line for row in made.rows), *(line for row in made.rows if row.unfold for line in row.unfold(columns))):
        assert width(plain(line)) <= columns


def test_what_can_be_followed_and_copied() -> None:
    rows = list(sheet(BACKUP, 79).rows)
    assert [row.target for row in rows] == [None, None, Target(1302), None]
    assert rows[0].copy == "fsync(9</mnt/nas/backup.tar> <unfinished ...>"
    assert [row.key for row in rows] == ["1305", "1303", "1301", "1304"]


def test_hopeless_is_red_and_the_count_stands_in_the_tab() -> None:
    made = sheet(BACKUP, 79)
    assert made.count == "4"
    unfold = made.rows[0].unfold
    assert unfold is not None
    assert {part.role for part in unfold(79)[0] if part.text.strip()} == {Role.FAILED}


def test_only_rows_that_are_drawn_are_made() -> None:
    many = Stacks(ProcessId(1, 1), "x", tuple(thread(tid, "x", doing=Doing.CALL) for tid in range(10_000)), 10_000, 1.0)
    asked: list[int] = []
    made = sheet(many, 79, asked=asked.append)
    assert (len(made.rows), made.count, asked) == (10_000, "10,000", [])
    assert [row.key for row in made.rows[5:7]] == ["5", "6"]
    assert asked == []
    assert [plain(row.line).split()[0] for row in made.rows[5:7]] == ["5", "6"]
    assert asked == [5, 6]


def test_threads_that_wait_in_the_same_place() -> None:
    same: dict[str, Any] = {"doing": Doing.CALL, "call": FUTEX, "entered": "x86_64", "wchan": "futex_wait"}
    pool = tuple(thread(100 + at, f"pool-{at}", age=Age(float(at)), **same) for at in range(31))
    made = sheet(Stacks(ProcessId(1, 1), "x", (*pool, *BACKUP.threads[:2]), 33, 1.0), 79, frozenset({"grouped"}))
    assert plain(made.rows[0].line).split() == ["31×", "pool-*", "S", "0.0", "futex(0x7f3c…40,", "FUTEX_WAIT,", "2)", "30", "s"]
    assert len(made.rows) == 3
    unfold = made.rows[0].unfold
    assert unfold is not None
    assert len(unfold(79)) == 31
    assert made.count == "33"


def test_names_in_common() -> None:
    assert common([thread(1, "pool-1"), thread(2, "pool-2")]) == "pool-*"
    assert common([thread(1, "x"), thread(2, "x")]) == "x"
    assert common([thread(1, "a"), thread(2, "b")]) == "*"


def test_no_permission() -> None:
    one = thread(1302, "rsync", "D", doing=DENIED, age=Age(41.0, at_least=True), wchan="nfs_wait_on_request")
    made = sheet(Stacks(ProcessId(1302, 1), "rsync", (one,), 1, 1.0), 79)
    assert text(made, 79) == """\
No permission
  Calls of 1302 rsync: denied. /proc/1302/task/1302/syscall
  Still known  blocked (D) for ≥ 41 s, in nfs_wait_on_request
  Helps        sudo procdive 1302
 tid thread      S  CPU% in                                                 for
1302 rsync       D   0.0 blocked in nfs_wait_on_request (its call: de…   ≥ 41 s
1 blocked"""


def test_a_stack_that_may_not_be_read_leaves_wchan() -> None:
    one = replace(BACKUP.threads[3], frames=Missing(Reason.DENIED, "its kernel stack", "only root may read it"))
    unfold = sheet(replace(BACKUP, threads=(one,)), 79).rows[0].unfold
    assert unfold is not None
    assert [plain(line).strip() for line in unfold(79)] == ["in futex_wait (wchan)", "its kernel stack: denied — only root may read it"]


def test_gone() -> None:
    assert [plain(note) for note in sheet(Missing(Reason.GONE, "process 7"), 79).notes] == ["process 7: gone"]


def test_how_many_were_read() -> None:
    made = sheet(replace(BACKUP, looked=3), 79)
    assert plain(made.summary).endswith("3 read just now, the others in turn")


def test_hostile_names_are_escaped() -> None:
    made = sheet(Stacks(ProcessId(1, 1), "\x1b]0;x", (thread(1, "\x1b[31mX\u202e\n", doing=Doing.CALL, call=FUTEX),), 1, 1.0), 79)
    assert plain(made.rows[0].line).isprintable()
    assert r"\e[31mX" in plain(made.rows[0].line)
