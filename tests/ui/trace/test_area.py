"""The trace area: lines as they come, held still, its times, several traces, what is copied."""

import pytest

from explorer.model.batch import Batch, Kind
from explorer.ui.messages import SaveTrace
from tests.traces import nginx
from tests.ui.stage import Stage, drawn
from tests.ui.trace.fakes import pending, session, traced

pytestmark = pytest.mark.usefixtures("utc")


async def test_the_newest_line_is_the_last_one_and_selected() -> None:
    async with traced(rows=400) as area:
        assert "● live" in area.header
        assert "3 failed · 0 lost  no filter" in area.header
        assert area.current.startswith(" 14:22:07.00899")
        await area.tell(nginx(1, 40))
        assert "epoll_wait(8<eventpoll>" in area.current
        assert area.current.endswith("8.4 ms wait")


async def test_the_thread_is_shown_where_the_filter_leaves_several() -> None:
    async with traced(rows=40) as area:
        assert all("     81" in line for line in area.lines[1:])
        await area.press("P")
        assert all("     81" not in line for line in area.lines[1:])


async def test_looking_at_an_older_line_holds_the_view() -> None:
    async with traced(rows=40) as area:
        await area.press("up")
        before = area.lines[1:]
        await area.tell(nginx(4, 30))
        assert "‖ paused, 4 newer" in area.header
        assert area.lines[1:] == before
        await area.press("end")
        assert "● live" in area.header
        assert area.lines[1:] != before


async def test_space_holds_the_view_and_lets_it_go_on() -> None:
    async with traced(rows=40) as area:
        await area.press("space")
        assert "‖ paused, 0 newer" in area.header
        await area.press("space")
        assert "● live" in area.header


async def test_the_wheel_holds_it_too() -> None:
    async with traced(rows=40) as area:
        area.panel.scroll_lines(-3)
        assert "‖ paused" in area.header


async def test_a_held_line_stays_where_it_is_while_the_oldest_are_dropped() -> None:
    made = session()
    made.log.most_rows = 5000
    async with traced(made, rows=4000) as area:
        await area.press("up", "up")
        before = area.lines[1:]
        await area.tell(nginx(4000, 500))
        assert made.log.first == 4000 or area.lines[1:] == before
        assert len(drawn(area.panel)) == 16


async def test_calls_in_flight_are_the_last_lines() -> None:
    async with traced(rows=4) as area:
        await area.tell(pending())
        assert "epoll_wait(8<eventpoll>, NULL, 512, 4800) …" in area.lines[-1]
        assert area.lines[-1].endswith("2.0 s")
        await area.press("space")
        assert "epoll_wait" not in area.lines[-1]


async def test_times_of_the_day_since_the_beginning_and_since_the_line_above() -> None:
    async with traced(rows=4) as area:
        assert area.lines[2].startswith(" 14:22:07.000010 ")
        await area.press("T")
        assert area.lines[2].startswith("       +0.000010 ")
        await area.press("T")
        assert [line.split()[0] for line in area.lines[1:]] == ["+0.000000", "+0.000010", "+0.000010", "+0.000010"]
        await area.press("T")
        assert area.lines[2].startswith(" 14:22:07.000010 ")


async def test_what_was_lost_and_what_a_person_should_know_are_lines() -> None:
    batch = Batch()
    batch.add(Kind.LOST, 0, 0, 5000, result=1204)
    batch.add(Kind.NOTICE, 0, 0, 6000, payload=b"a child was not followed")
    batch.add(Kind.EXITED, 812, 812, 7000, result=256)
    async with traced() as area:
        await area.tell(batch)
        assert "── 1,204 events lost here" in area.lines[1]
        assert "--- a child was not followed ---" in area.lines[2]
        assert "+++ exited with 1 +++" in area.lines[3]
        assert "1,204 lost" in area.header


async def test_several_traces_are_tabs_and_each_keeps_its_place() -> None:
    async with traced(rows=40) as area:
        await area.press("up", "exclamation_mark")
        area.panel.show(session(label="813 nginx"))
        assert "Trace 812 nginx   Trace 813 nginx   c Summary   a Access" in area.header
        assert "no filter" in area.header
        await area.press("left")
        assert "filter failed" in area.header
        area.panel.show(area.panel.sessions[1])
        assert "no filter" in area.header
        area.panel.closed(area.panel.sessions[1])
        await area.pilot.pause()
        assert "filter failed" in area.header
        area.panel.closed(area.panel.sessions[0])
        assert area.panel.session is None


async def test_y_copies_as_strace_writes_it_and_Y_the_command() -> None:
    async with traced(rows=3) as area:
        copied = area.panel.copy_line()
        assert copied.startswith('openat(AT_FDCWD</>, "/srv/www/img/logo0.svg", O_RDONLY|O_NONBLOCK) = -1 ENOENT (No such file')
        assert area.panel.copy_shell() == "strace -f -y -p 812"


async def test_S_asks_for_saving(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[SaveTrace] = []
    monkeypatch.setattr(Stage, "on_save_trace", lambda _stage, message: heard.append(message), raising=False)
    async with traced(rows=3) as area:
        await area.press("S")
        assert [message.session for message in heard] == area.panel.sessions


@pytest.mark.parametrize("size", [(40, 10), (20, 3), (200, 60), (1, 1), (80, 2)])
async def test_any_size(size: tuple[int, int]) -> None:
    async with traced(rows=40) as area:
        await area.press("up", "up", "enter")
        await area.pilot.resize_terminal(*size)
        await area.pilot.pause()
        await area.press("down", "space", "enter", "end")
        await area.pilot.resize_terminal(140, 16)
        await area.pilot.pause()
        assert "● live" in area.header
