"""The summary tab: rows by call, process and thread, sorted, filtered, unfolded; what is copied and jumped to."""

import pytest

from explorer.model.batch import Batch, Kind
from explorer.render.piece import plain
from explorer.ui.messages import SaveTrace
from tests.traces import nginx
from tests.ui.stage import Stage
from tests.ui.trace.fakes import Tabled, pending, tabled

pytestmark = pytest.mark.usefixtures("utc")


def names(area: Tabled) -> list[str]:
    """Of the rows, in order."""
    return [row.key.rpartition(".")[2] for row in area.table._folds.sheet.rows if row.key[0] != "\0"]


async def test_rows_by_call_the_most_time_first_and_what_the_header_says() -> None:
    async with tabled("summary") as area:
        assert area.lines[0].startswith("─ t Trace 812 nginx   Summary   a Access ─")
        assert area.lines[0].endswith("3 failed · 0 lost  since 14:22:07  ● live")
        assert names(area) == ["epoll_wait", "writev", "write", "recvfrom", "openat", "fstat", "close"]
        assert area.current.split()[-1] == "epoll_wait"
        assert "wait" in area.current
        assert area.rows()[-2].split()[0:4] == ["times", "are", "wall-clock:", area.rows()[-2].split()[3]]
        assert area.lines[-1].endswith("strace -c -f -p 812")
        assert area.table.copy_shell() == "strace -c -f -p 812"
        assert area.table.copy_line().endswith("epoll_wait")


async def test_enter_unfolds_the_histogram_and_folds_it() -> None:
    async with tabled("summary") as area:
        await area.press("down", "down", "down", "enter")
        assert "recvfrom: 101 calls" in "\n".join(area.lines)
        assert "errors  EAGAIN 50" in "\n".join(area.lines)
        assert "█" in "\n".join(area.lines)
        assert area.current.split()[-3:] == ["recvfrom", "EAGAIN", "50"]
        await area.press("enter")
        assert "█" not in "\n".join(area.lines)


async def test_sorted_by_what_is_chosen_and_the_other_way() -> None:
    async with tabled("summary") as area:
        await area.press("f6")
        await area.press("n", "enter")
        assert names(area) == sorted(names(area))
        await area.press("I")
        assert names(area) == sorted(names(area), reverse=True)
        area.table.sort("calls")
        assert names(area)[0] == "recvfrom"


async def test_by_process_and_by_thread_and_a_process_unfolds_to_its_calls() -> None:
    async with tabled("summary") as area:
        await area.press("g")
        assert [row.key for row in area.table._folds.sheet.rows][:2] == ["812.0..", "813.0.."]
        await area.press("enter")
        assert "epoll_wait" in "\n".join(area.rows())
        await area.press("g")
        assert [row.key for row in area.table._folds.sheet.rows][:2] == ["812.812..", "813.813.."]
        await area.press("g")
        assert "812.0.x86_64.openat" in {row.key for row in area.table._folds.sheet.rows}
        await area.press("g")
        assert names(area)[0] == "epoll_wait"


async def test_filters_by_key_and_by_text_and_escape_takes_them_back() -> None:
    async with tabled("summary") as area:
        await area.press("h")
        assert "epoll_wait" not in names(area)
        assert "filter !epoll_wait  6 of 7" in area.lines[0]
        await area.press("exclamation_mark")
        assert names(area) == ["openat"]
        await area.press("escape", "escape")
        assert len(names(area)) == 7
        await area.press("H")
        assert names(area) == ["epoll_wait"]
        await area.press("escape", "f", *"write", "enter")
        assert names(area) == ["write"]
        await area.press("escape", "f", *"fd=7")
        assert "a summary has no fd=" in area.lines[0]
        await area.press("enter")
        assert "a summary has no fd=" in area.stage.said
        assert len(names(area)) == 7
        await area.press("f", *"zz", "enter")
        assert "nothing matches  zz      Esc clears the filter" in "\n".join(area.lines)


async def test_only_one_process_counts_where_that_is_asked() -> None:
    async with tabled("summary") as area:
        assert area.table.wrong("pid=!812") == "by call only one pid= or tid= can be told apart; g adds up by process"
        area.table.narrow("pid=812")
        whole = sum(row.tally.count for row in area.table._all)  # type: ignore[attr-defined]
        assert 0 < whole < 400
        await area.press("escape", "g", "p")
        assert [row.key for row in area.table._folds.sheet.rows] == ["813.0..", *[row.key for row in area.table._folds.sheet.rows[1:]]]
        await area.press("escape", "P")
        assert [row.key for row in area.table._folds.sheet.rows][:1] == ["812.0.."]


async def test_a_key_that_a_row_has_no_answer_to_says_so() -> None:
    async with tabled("summary") as area:
        await area.press("p")
        assert "g adds up by process" in area.stage.said
        await area.press("g", "h")
        assert "g adds up by call" in area.stage.said


async def test_held_still_the_figures_stay_and_go_on_again() -> None:
    async with tabled("summary") as area:
        await area.press("space")
        assert "‖ held still" in area.lines[0]
        before = area.rows()
        await area.tell(nginx(80, 60))
        assert area.rows() == before
        await area.press("space")
        assert area.rows() != before
        assert "● live" in area.lines[0]


async def test_counted_from_now_on() -> None:
    async with tabled("summary") as area:
        await area.press("R")
        assert "counted from now on" in area.stage.said
        assert "nothing yet" in "\n".join(area.lines)
        assert "since 14:22:07" not in area.lines[0]
        await area.tell(nginx(8, 60))
        assert names(area)


async def test_what_was_lost_marks_it_incomplete() -> None:
    batch = Batch()
    batch.add(Kind.LOST, 0, 0, 5000, result=1204)
    async with tabled("summary") as area:
        await area.tell(batch)
        assert "1,204 lost" in area.lines[0]
        assert "incomplete: 1,204 events lost" in "\n".join(area.lines)


async def test_to_the_lines_that_a_row_counts() -> None:
    async with tabled("summary") as area:
        await area.press("down", "T")
        assert area.panel.tab == "trace"
        assert area.panel.watched is not None
        assert area.panel.watched.text == "trace=writev"
        assert len(area.panel.watched.view) == 51


async def test_searched() -> None:
    async with tabled("summary") as area:
        await area.press("slash", *"fst", "enter")
        assert area.current.split()[-1] == "fstat"
        assert "/fst" in area.lines[0]
        await area.press("escape")
        assert "/fst" not in area.lines[0]


async def test_S_asks_for_saving_it(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[SaveTrace] = []
    monkeypatch.setattr(Stage, "on_save_trace", lambda _stage, message: heard.append(message), raising=False)
    async with tabled("summary") as area:
        await area.press("S")
        assert [(message.session, message.tab) for message in heard] == [(area.panel.session, "summary")]


async def test_nothing_counted_yet() -> None:
    async with tabled("summary", rows=0) as area:
        assert "counted since 14:22:07: nothing yet" in area.lines[1]
        await area.press("enter", "h", "H", "p", "P", "T", "down", "end", "I", "n", "y")
        assert area.table.copy_line() == ""


@pytest.mark.parametrize("size", [(40, 10), (20, 3), (200, 60), (1, 1), (80, 2)])
async def test_any_size(size: tuple[int, int]) -> None:
    async with tabled("summary") as area:
        await area.press("enter", "down")
        await area.pilot.resize_terminal(*size)
        await area.pilot.pause()
        await area.press("down", "g", "enter", "I", "end", "home")
        await area.pilot.resize_terminal(140, 24)
        await area.pilot.pause()
        assert "since 14:22:07" in area.lines[0]


async def test_what_is_saved_is_the_table_that_is_shown() -> None:
    async with tabled("summary") as area:
        await area.press("exclamation_mark")
        found = area.table.saved()
        assert found.what == "summary"
        assert [record["name"] for record in found.records] == ["openat"]
        text = "\n".join(plain(line) for line in found.text)
        assert "usecs/call" in text
        assert "openat" in text
        assert "writev" not in text


async def test_what_has_not_returned_is_told_beside_the_figures() -> None:
    async with tabled("summary") as area:
        await area.tell(pending(900))
        assert "not returned yet, so not counted: 900 epoll_wait for 2" in "\n".join(area.lines)
