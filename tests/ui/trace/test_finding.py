"""Search, other uses, the call that made it."""

import pytest

from tests.ui.trace.fakes import traced

pytestmark = pytest.mark.usefixtures("utc")


async def test_a_search_goes_back_from_the_newest_and_n_goes_on() -> None:
    async with traced(rows=2000) as area:
        await area.press("slash", *"enoent", "enter")
        assert "ENOENT" in area.current
        assert "/enoent" in area.header
        first = area.current
        await area.press("N")
        assert "ENOENT" in area.current
        assert area.current < first
        await area.press("n")
        assert area.current == first


async def test_a_text_that_is_nowhere() -> None:
    async with traced(rows=400) as area:
        before = area.current
        await area.press("slash", *"nowhere at all", "enter")
        assert "none" in area.stage.said
        assert area.current == before


async def test_uses_of_a_descriptor() -> None:
    async with traced(rows=400) as area:
        while " close(" not in area.current:
            await area.press("up")
        descriptor = area.current.split("close(")[1].split("<")[0]
        await area.press("less_than_sign")
        assert f"({descriptor}<" in area.current
        await area.press("circumflex_accent")
        assert " openat(" in area.current
        assert f" = {descriptor}<" in area.current
        await area.press("greater_than_sign")
        assert f" fstat({descriptor}<" in area.current


async def test_none_before_is_said() -> None:
    async with traced(rows=2) as area:
        await area.press("less_than_sign")
        assert "nothing before" in area.stage.said
