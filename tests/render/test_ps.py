"""The process table in ps's columns."""

from dataclasses import replace

import pytest

from explorer.model.missing import Missing, Reason
from explorer.model.order import SORTS
from explorer.model.process import ProcessId
from explorer.model.snapshot import PF_KTHREAD, Machine, Process
from explorer.model.tree import Row
from explorer.render.piece import Role, plain
from explorer.render.ps import ALIASES, BSD, COLUMNS, FULL, WIDEST, age, branch, cell, command, lifetime_share, state, table, titles

MACHINE = Machine("host", 1000.0, 1_800_000_000.0, (0.0, 0.0, 0.0), 0.0, 0.0, 2, 0, 1 << 30, 0, 0)
SLEEP = Process(
    id=ProcessId(7, 90_000), ppid=1, comm="sleep", argv=("/bin/sleep", "1 h"), state="S", pgrp=8, session=9, tty="pts/3", flags=0x400000,
    utime=3000, stime=700, priority=20, nice=0, threads=1, vsize=5 << 20, rss=1 << 28, uid=33, user="www-data",
)  # fmt: skip
ROW = Row(SLEEP)


@pytest.mark.parametrize(
    ("changes", "text"),
    [({}, "S"), ({"nice": -1}, "S<"), ({"nice": 5, "session": 7}, "SNs"), ({"threads": 3, "session": 7}, "Ssl"), ({"state": "Z"}, "Z")],
)
def test_stat_has_the_letters_of_ps(changes: dict[str, object], text: str) -> None:
    assert state(replace(SLEEP, **changes), MACHINE) == text  # type: ignore[arg-type]


def test_shares_and_ages_over_the_whole_life() -> None:
    assert lifetime_share(SLEEP, MACHINE) == "37.0"
    assert lifetime_share(replace(SLEEP, id=ProcessId(7, 200_000)), MACHINE) == "0.0"
    assert age(SLEEP, MACHINE) == "01:40"
    assert age(SLEEP, replace(MACHINE, uptime=900 + 3725.0)) == "01:02:05"
    assert age(SLEEP, replace(MACHINE, uptime=900 + 3 * 86400.0)) == "03-00:00:00"


@pytest.mark.parametrize(
    ("name", "text"),
    [("user", "www-data"), ("uid", "33"), ("pid", "7"), ("ppid", "1"), ("pgrp", "8"), ("sess", "9"), ("c", "37"), ("pcpu", "37.0"),
     ("pmem", "25.0"), ("rss", "262144"), ("vsz", "5120"), ("etime", "01:40"), ("etimes", "100"), ("tty", "pts/3"), ("time", "00:00:37"),
     ("s", "S"), ("stat", "S"), ("nice", "0"), ("pri", "20"), ("nlwp", "1"), ("flags", "400000"), ("comm", "sleep"),
     ("args", "/bin/sleep '1 h'")],
)  # fmt: skip
def test_a_cell_of_each_column(name: str, text: str) -> None:
    assert plain(cell(ROW, MACHINE, name)) == text


def test_every_alias_names_a_column_and_every_sort_exists() -> None:
    assert set(ALIASES.values()) <= COLUMNS.keys()
    assert not ALIASES.keys() & COLUMNS.keys()
    assert {column.sort for column in COLUMNS.values()} - {""} <= SORTS.keys()


def test_heads_in_both_spellings() -> None:
    assert titles(FULL) == ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"]
    assert titles(BSD, bsd=True) == ["USER", "PID", "%CPU", "%MEM", "VSZ", "RSS", "TTY", "STAT", "START", "TIME", "COMMAND"]


def test_columns_stand_under_their_heads() -> None:
    other = replace(SLEEP, id=ProcessId(4_000_000, 0), user="x", argv=("y",))
    lines = table([ROW, Row(other)], MACHINE, ("user", "pid", "args"), titles(("user", "pid", "args")))
    assert list(map(plain, lines)) == ["UID          PID CMD", "www-data       7 /bin/sleep '1 h'", "x        4000000 y"]


def test_nothing_but_blanks_ends_a_line_and_none_is_too_wide() -> None:
    empty = replace(SLEEP, argv=("",))
    assert [plain(line) for line in table([Row(empty)], MACHINE, ("pid", "user"))] == ["7 www-data"]
    assert [plain(line) for line in table([ROW], MACHINE, ("pid", "args"), (), 9)] == ["7 /bin/s…"]
    assert table([], MACHINE, ("pid", "args")) == []


def test_a_long_name_is_cut_and_said_to_be() -> None:
    text = plain(cell(Row(replace(SLEEP, user="u" * 40)), MACHINE, "user"))
    assert text == "u" * (WIDEST - 1) + "+"


def test_a_hostile_name_reaches_no_terminal() -> None:
    hostile = replace(SLEEP, user="a\x1b[2J\n", comm="\x1b]0;x\x07", argv=("\x1b[31m", "\u202e"))
    for name in COLUMNS:
        assert plain(cell(Row(hostile), MACHINE, name)).isprintable()


def test_root_is_marked_and_an_unread_owner_is_a_question_mark() -> None:
    assert cell(Row(replace(SLEEP, uid=0, user="root")), MACHINE, "user")[0].role is Role.PRIVILEGED
    assert cell(ROW, MACHINE, "user")[0].role is Role.TEXT
    assert plain(cell(Row(replace(SLEEP, uid=Missing(Reason.DENIED))), MACHINE, "uid")) == "?"


def test_the_lines_that_lead_to_a_row() -> None:
    assert branch(ROW) == ()
    assert plain(branch(ROW._replace(depth=1))) == "└─"
    assert plain(branch(ROW._replace(depth=3, rails=(True, False), last=False))) == "│   ├─"
    assert plain(cell(ROW._replace(depth=1), MACHINE, "args")) == "└─/bin/sleep '1 h'"


def test_zombies_kernel_threads_and_ancestors() -> None:
    assert plain(command(Row(replace(SLEEP, argv=(), state="Z")))) == "sleep <defunct>"
    assert plain(command(Row(replace(SLEEP, argv=(), flags=PF_KTHREAD)))) == "[sleep]"
    kept = ROW._replace(ancestor=True)
    assert plain(command(kept)) == "(/bin/sleep '1 h')"
    assert {part.role for part in command(kept)} == {Role.ANCESTOR}
    assert cell(kept, MACHINE, "pid")[0].role is Role.ANCESTOR
