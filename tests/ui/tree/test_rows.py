"""Rows on the screen: what is drawn of them, and when."""

from dataclasses import replace
from typing import Any

from explorer.model.snapshot import Process
from explorer.ui.messages import Selected
from explorer.ui.text import Pen
from explorer.ui.themes import theme
from tests.snapshots import process, table, web
from tests.ui.tree.shown import shown, wish_of


async def test_it_says_who_is_selected() -> None:
    async with shown() as at:
        await at.press("down", "down")
        said = [message.process.pid for message in at.stage.heard if isinstance(message, Selected) and message.process]
        assert said == [1, 412, 640]


async def test_moving_draws_two_lines() -> None:
    async with shown() as at:
        refreshed: list[Any] = []
        original = at.tree.refresh

        def refresh(*regions: Any, **options: Any) -> Any:
            refreshed.extend(regions)
            return original(*regions, **options)

        at.tree.refresh = refresh  # type: ignore[method-assign]
        await at.press("down")
        assert sorted(region.y for region in refreshed) == [1, 2]


async def test_an_unchanged_table_draws_nothing() -> None:
    async with shown() as at:
        refreshed: list[Any] = []
        at.tree.refresh = lambda *regions, **options: refreshed.append(regions)  # type: ignore[method-assign, assignment]
        at.tree.show(table(*web(), taken=86401.0))
        assert refreshed == []


async def test_the_selected_row_stays_on_its_line() -> None:
    async with shown() as at:
        await at.type("812")
        line = at.tree.selected - at.tree.top
        await at.show(table(*web(), process(300, 1, "new"), process(301, 1, "new")))
        assert (at.pid, at.tree.selected - at.tree.top) == (812, line)


async def test_what_is_copied_is_whole_and_exact() -> None:
    async with shown() as at:
        await at.type("902")
        assert at.tree.copy_line() == "902 postgres   0.1   29M S /usr/bin/postgres -D /var/lib"
        assert at.tree.copy_shell().startswith("ps -eo ")


async def test_a_monochrome_screen_says_ancestors_by_a_sign() -> None:
    async with shown(pen=Pen(theme("mono"))) as at:
        at.tree.wished(wish_of("cron"))
        assert at.names == ["(systemd", "└─cron -f"]


async def test_ten_thousand_rows_are_not_drawn() -> None:
    many: list[Process] = [process(1, 0, "init"), *(process(pid, 1, "sleep 1000") for pid in range(1000, 11000))]
    async with shown(table(*many)) as at:
        asked: list[int] = []
        original = at.tree.row_line
        at.tree.row_line = lambda index, columns: (asked.append(index), original(index, columns))[1]  # type: ignore[method-assign, func-returns-value]
        await at.show(table(*[replace(p, cpu=1.0) if p.id.pid % 10 == 0 else p for p in many]))
        assert len(asked) <= 24
