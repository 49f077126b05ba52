"""The trace area's header."""

import pytest

from explorer.render.piece import Role, plain
from explorer.render.width import width
from explorer.trace.tracer import Capture
from explorer.ui.trace.header import Told, captured, few, header

LIVE = Told("ptrace", 12431.0, 9000, 214, 0, "", "", 9000, 9000, None, "live", "")


def text(told: Told, columns: int, *tabs: str) -> str:
    return plain(header(tabs or ("812 nginx",), 0, told, columns)[0])


def test_wide() -> None:
    line = text(LIVE._replace(hidden="!epoll_wait", shown=4, of=214), 139)
    assert line.startswith(" Trace 812 nginx   c Summary   a Access ─")
    assert line.endswith("─ ptrace · 12,431 calls/s · 214 failed · 0 lost  filter !epoll_wait  4 of 214  ● live")
    assert width(line) == 139


def test_narrow() -> None:
    line = text(LIVE, 79)
    assert line.startswith(" Trace 812 Summary Access ─")
    assert line.endswith("─ 12.4K/s · 214 failed · 0 lost no filter ● live")


def test_a_filter_and_what_was_lost_are_yellow() -> None:
    pieces = header(("812",), 0, LIVE._replace(hidden="fd=7", lost=5), 139)[0]
    assert {part.text for part in pieces if part.role is Role.MIND} >= {"5 lost", "filter fd=7"}


def test_paused_ended_and_from_a_file() -> None:
    assert text(LIVE._replace(newer=8112), 139).endswith("‖ paused, 8,112 newer")
    ended = LIVE._replace(state="ended", ended="exited 0 at 14:22:04", rate=None)
    assert text(ended, 139).endswith("ptrace · 9,000 calls · 214 failed · 0 lost  no filter  exited 0 at 14:22:04")
    assert text(LIVE._replace(state="opened", rate=None), 139).endswith("from a file")
    assert text(LIVE._replace(state="attaching"), 139).endswith("attaching")


def test_tabs_say_where_they_are() -> None:
    line, places = header(("812 nginx", "813 nginx"), 1, LIVE, 139)
    assert [plain(line)[start:end] for start, end, _, _ in places] == ["Trace 812 nginx", "Trace 813 nginx", "c Summary", "a Access"]


def test_what_watching_costs_is_said_where_there_is_room() -> None:
    assert "0 lost · costs 0.8%  no filter" in text(LIVE._replace(cost=0.0081), 139)
    assert "0 lost · costs ≥12.0%  no filter" in text(LIVE._replace(cost=0.12, cost_all=False), 139)
    assert "costs" not in text(LIVE._replace(cost=0.5), 79)


def test_of_a_table_since_when_and_whether_it_is_held() -> None:
    assert text(LIVE._replace(since="14:22:07"), 139).endswith("0 lost  since 14:22:07  ● live")
    assert text(LIVE._replace(since="14:22:07", hidden="failed", shown=1, of=7, held=True), 139).endswith(
        "filter failed  1 of 7  since 14:22:07  ‖ held still"
    )


def test_what_is_no_filter_and_a_search_are_said() -> None:
    assert "fd= wants numbers" in text(LIVE._replace(wrong="fd= wants numbers"), 139)
    assert "searches x 12%" in text(LIVE._replace(search="searches x 12%"), 139)


@pytest.mark.parametrize("columns", range(1, 160, 3))
def test_it_never_is_too_wide_and_the_state_stays_longest(columns: int) -> None:
    told = LIVE._replace(hidden="openat read failed fd=7", newer=8112, lost=12, capture="takes only openat", search="/x")
    line = text(told, columns, "812 nginx", "813 a very long name of a process", "814")
    assert width(line) <= columns
    if columns >= 60:
        assert line.endswith("‖ paused, 8,112 newer")
        assert "812" in line


def test_what_is_captured() -> None:
    assert captured(Capture()) == ""
    assert captured(Capture(frozenset({"openat", "read"}))) == "takes only openat,read"
    some = Capture(frozenset(map(str, range(9))), failed=False, slower=1_000_000, fds=frozenset({7}), follow=False, string=0)
    assert captured(some) == "takes only 9 calls, successful, slower than 1 ms, fd 7, no children, 0 bytes a buffer"
    assert captured(Capture(what=frozenset({"summary", "access"}))) == "takes only counts of calls and use of files"
    assert captured(Capture(succeeded=False, signals=False, tids=frozenset({5}))) == "takes only failed, thread 5, no signals"


def test_few_digits() -> None:
    assert [few(number) for number in (0, 999, 12431, 2_500_000)] == ["0", "999", "12.4K", "2.5M"]
