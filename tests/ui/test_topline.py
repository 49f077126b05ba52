"""The top line follows the table, and what is shown of it."""

from dataclasses import replace

from tests.ui.fakes import FakeSources
from tests.ui.shown import shown


async def test_it_follows_the_table() -> None:
    sources = FakeSources()
    async with shown(sources=sources) as screen:
        assert "cpu 26%" in screen.lines[0]
        sources.shown = replace(sources.shown, machine=replace(sources.shown.machine, cpu=99.0))
        screen.app.feed.now("table")
        await screen.until_text("cpu 99%")


async def test_kernel_threads_count_when_they_are_shown() -> None:
    async with shown() as screen:
        assert "18 procs" in screen.lines[0]
        await screen.press("K")
        screen.app.feed.now("table")
        await screen.until_text("19 procs")


async def test_an_ordinary_user_is_named() -> None:
    sources = FakeSources()
    sources.user, sources.root = "deploy", False
    async with shown(sources=sources) as screen:
        assert screen.lines[0].endswith("deploy")
