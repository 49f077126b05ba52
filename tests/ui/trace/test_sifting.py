"""Keys that every table has."""

import pytest

from explorer.ui.trace.header import Tab
from explorer.ui.trace.keys import ACCESS, COMMANDS, SUMMARY
from tests.ui.trace.fakes import session, tabled

pytestmark = pytest.mark.usefixtures("utc")
BOTH = pytest.mark.parametrize("tab", ["summary", "access"])


@BOTH
async def test_a_filter_that_is_typed_is_seen_at_once_and_left_again(tab: Tab) -> None:
    async with tabled(tab) as area:
        before = area.rows()
        await area.press("f", "f", "s", "t")
        assert area.rows() != before
        assert area.table.standing is not None
        area.stage.line.ended(None)
        await area.pilot.pause()
        assert area.rows() == before
        assert area.table.standing.filters == [""]


@BOTH
async def test_hits_are_gone_through_and_the_search_is_cleared(tab: Tab) -> None:
    async with tabled(tab) as area:
        await area.press("slash", "l", "o", "enter")
        first = area.table.selected
        await area.press("n", "N")
        assert area.table.selected == first
        await area.press("escape", "n")
        assert area.table.selected == first


@BOTH
async def test_the_same_sort_again_goes_the_other_way(tab: Tab) -> None:
    async with tabled(tab) as area:
        standing = area.table.standing
        assert standing is not None
        area.table.sort("time")
        ways = [standing.backwards]
        area.table.sort("time")
        assert [*ways, standing.backwards] == [True, False]
        await area.press("greater_than_sign", "escape")
        assert standing.sort == "time"


@BOTH
async def test_after_its_end_nothing_is_counted_anew(tab: Tab) -> None:
    async with tabled(tab, session("ended", "exited 0")) as area:
        before = area.rows()
        await area.press("R")
        assert "it has ended" in area.stage.said
        assert area.rows() == before


def test_no_key_means_two_things() -> None:
    for commands in (COMMANDS, SUMMARY, ACCESS):
        keys = [key for command in commands for key in command.keys.split(",")]
        assert len(keys) == len(set(keys))
