"""Which trace and which tab is shown, by key and by mouse; each has its own selection."""

import time

import pytest

from explorer.render.piece import Role, piece
from explorer.trace.tracer import Capture
from explorer.ui.trace.session import Session
from tests.ui.trace.fakes import Tabled, session, tabled

pytestmark = pytest.mark.usefixtures("utc")


async def test_letters_and_arrows_go_from_tab_to_tab() -> None:
    async with tabled("trace") as area:
        seen = []
        for key in ("c", "a", "t", "right", "right", "right", "left", "left", "a", "c", "t"):
            await area.press(key)
            seen.append(area.panel.tab)
        assert seen == ["summary", "access", "trace", "summary", "access", "trace", "access", "summary", "access", "summary", "trace"]


async def test_only_what_somebody_asked_for_is_counted() -> None:
    async with tabled("trace") as area:
        shown = area.panel.session
        assert shown is not None
        assert (shown.summary, shown.access) == (None, None)
        await area.press("c")
        assert shown.summary is not None
        assert shown.access is None


async def test_each_tab_keeps_its_place_and_each_trace_its_tab() -> None:
    async with tabled("summary") as area:
        await area.press("down", "down")
        before = area.current
        await area.press("t", "up", "c")
        assert area.current == before
        area.panel.show(session(label="813 nginx"))
        area.stage.turn()
        assert on(area) == "trace"
        area.panel.show(area.panel.sessions[0])
        assert on(area) == "summary"
        assert area.current == before


async def test_past_the_last_tab_comes_the_next_trace() -> None:
    async with tabled("access") as area:
        area.panel.sessions.append(other := session(label="813 nginx"))
        area.panel.sessions.pop()
        first = area.panel.session
        area.panel.show(other)
        area.panel.show(area.panel.sessions[0])
        await area.press("right")
        assert area.panel.session is other
        await area.press("left")
        assert (area.panel.session, area.panel.tab) == (first, "access")


async def test_a_click_on_a_tab_opens_it() -> None:
    async with tabled("trace") as area:
        await click(area, "Access")
        assert on(area) == "access"
        await click(area, "Trace 812")
        assert on(area) == "trace"


def on(area: Tabled) -> str:
    """The tab that is shown."""
    return area.panel.tab


async def click(area: Tabled, words: str) -> None:
    """In the middle of these words of the header."""
    at = area.lines[0].index(words) + len(words) // 2
    await area.pilot.click(type(area.panel.face), offset=(at, 0))
    await area.pilot.pause()


async def test_what_a_person_has_to_know_of_the_engine_stands_there_while_it_is_new() -> None:
    made = session()
    made.notice = (piece("bpf: all pay", Role.MIND),)
    made.since = time.time()
    for tab in ("trace", "summary", "access"):
        async with tabled(tab, made, rows=40) as area:
            assert "bpf: all pay" in "\n".join(area.lines[1:3])
            made.since -= 60
            area.panel.face.changed()
            assert "bpf: all pay" not in "\n".join(area.lines)
            made.since += 60


async def test_where_only_counts_are_taken_enter_takes_lines_too() -> None:
    made = session()
    made.capture = Capture(what=frozenset({"summary"}))
    async with tabled("trace", made, rows=0) as area:
        assert "only counts are taken, no lines" in area.lines[1]
        assert "takes only counts of calls" in area.lines[0]
        await area.press("enter")
        assert made.capture.what == {"summary", "stream"}
        assert "takes only" not in area.lines[0]


async def test_the_lines_of_a_row_are_not_there_where_only_counts_are_taken() -> None:
    made = session()
    async with tabled("summary", made) as area:
        made.log.clear()
        made.capture = Capture(what=frozenset({"summary"}))
        await area.press("T")
        assert on(area) == "summary"
        assert "no lines are taken here" in area.stage.said


async def test_a_refusal_says_the_same_on_every_tab() -> None:
    made: Session = session("refused", "no")
    async with tabled("trace", made, rows=0) as area:
        for key in ("c", "a"):
            await area.press(key)
            assert "812 nginx: no" in area.lines[1]
        assert (made.summary, made.access) == (None, None)
