"""Which columns stand at a width, and what is in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.order import SORTS
from explorer.render.columns import CHOICE, COLUMNS, cells, layout, titles
from explorer.render.piece import Role, piece, plain
from explorer.render.width import width
from tests.snapshots import MACHINE, process


def shown(columns: int, screen: int, sort: str = "pid", **more: object) -> list[str]:
    return [column.key for column in layout(columns, screen, 4000, sort, **more).columns]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("columns", "screen", "keys"),
    [
        (65, 140, ["pid", "ppid", "user", "cpu", "rss", "state"]),
        (47, 160, ["pid", "user", "cpu", "state"]),
        (59, 200, ["pid", "ppid", "user", "cpu", "rss", "state"]),
        (53, 110, ["pid", "user", "cpu", "rss", "state"]),
        (79, 80, ["pid", "user", "cpu", "rss", "state"]),
        (59, 60, ["pid", "user", "cpu", "rss", "state"]),
        (39, 40, ["pid", "cpu", "state"]),
        (9, 10, ["pid", "cpu", "state"]),
    ],
)
def test_columns_at_the_widths_of_the_sketches(columns: int, screen: int, keys: list[str]) -> None:
    assert shown(columns, screen) == keys


def test_columns_go_in_their_order_while_command_is_too_narrow() -> None:
    chosen = frozenset({"time", "start", "tty", "mem"})
    gone: list[str] = []
    before = shown(140, 140, chosen=chosen)
    for columns in range(139, 20, -1):
        now = shown(columns, 140, chosen=chosen)
        gone += [key for key in before if key not in now]
        before = now
    assert gone == ["time", "start", "tty", "mem", "ppid", "rss", "user"]


def test_what_is_sorted_by_is_shown_and_goes_last() -> None:
    assert "time" in shown(79, 80, "time")
    assert shown(47, 160, "rss") == ["pid", "cpu", "rss", "state"]


def test_titles_carry_the_arrow_and_the_right_end() -> None:
    wide = layout(65, 140, 4000, "pid")
    assert plain(titles(wide, "pid", False, (piece("tree 214"),))) == "  PID▲ PPID USER      CPU%   RSS S COMMAND               tree 214"
    narrow = layout(47, 160, 4000, "cpu")
    assert plain(titles(narrow, "cpu", True, (piece("tree 214"),))) == "  PID USER      CPU%▼S COMMAND         tree 214"
    assert plain(titles(narrow, "user", False)).startswith("  PID USER▲     CPU% S COMMAND")


def test_a_filter_is_named_even_where_there_is_no_room_for_the_title() -> None:
    line = titles(layout(59, 60, 4000, "pid"), "pid", False, (piece("filter nginx  4 of 214", Role.MIND),))
    assert plain(line) == "  PID▲USER      CPU%   RSS S COMMAND filter nginx  4 of 214"
    short = titles(layout(39, 40, 4000, "pid"), "pid", False, (piece("filter nginx  4 of 214", Role.MIND),))
    assert plain(short) == "  PID▲ CPU% S    filter nginx  4 of 214"


def test_cells_say_by_colour_what_they_say_in_words() -> None:
    wide = layout(79, 140, 4000, "pid")
    idle = dict(zip([c.key for c in wide.columns], cells(wide, process(1, 0), MACHINE), strict=True))
    assert idle["cpu"] == ("  0.0 ", Role.SECONDARY)
    assert idle["user"] == ("root     ", Role.PRIVILEGED)
    assert idle["state"] == ("S ", Role.SECONDARY)
    busy = process(9, 1, user="systemd-network", uid=998, cpu=412.3, state="D", rss=3 << 30)
    hot = dict(zip([c.key for c in wide.columns], cells(wide, busy, MACHINE), strict=True))
    assert hot["user"] == ("systemd+ ", Role.TEXT)
    assert hot["cpu"] == ("412.3 ", Role.MIND)
    assert hot["rss"] == (" 3.0G ", Role.TEXT)
    assert hot["state"] == ("D ", Role.FAILED)
    roles = {state: cells(wide, process(9, 1, state=state), MACHINE)[-1].role for state in "RZTtI"}
    assert roles == {"R": Role.NEW, "Z": Role.MIND, "T": Role.MIND, "t": Role.MIND, "I": Role.SECONDARY}


def test_pid_is_as_wide_as_the_largest_seen() -> None:
    wide = layout(79, 80, 4194304, "pid")
    assert plain(cells(wide, process(7, 1), MACHINE)).startswith("      7 root")


@settings(max_examples=60)
@given(
    columns=st.integers(0, 300),
    screen=st.integers(1, 300),
    pid=st.integers(1, 2**31),
    sort=st.sampled_from(sorted(SORTS)),
    chosen=st.sets(st.sampled_from(CHOICE)),
    cpu=st.floats(0, 1e6),
    rss=st.integers(0, 2**60),
    user=st.text(max_size=20),
)
def test_cells_and_titles_are_always_as_wide_as_the_layout_says(
    columns: int, screen: int, pid: int, sort: str, chosen: set[str], cpu: float, rss: int, user: str
) -> None:
    made = layout(columns, screen, pid, sort, chosen)
    line = cells(made, process(pid, 1, cpu=cpu, rss=rss, vsize=rss, user=user, utime=10**9, start=1), MACHINE)
    assert width(plain(line)) == made.left
    assert width(plain(titles(made, sort, True, (piece("tree 1"),)))) <= max(columns, made.left + 7 + 6)
    assert {"pid", "cpu", "state"} <= {column.key for column in made.columns}


def test_every_column_is_sorted_by_something_that_can_be_sorted_by() -> None:
    assert {column.sort for column in COLUMNS if column.sort} <= set(SORTS)
