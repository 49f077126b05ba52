"""Filters: typed, by a key, each taken back by Escape."""

import pytest
from textual.message import Message

from explorer.render.pages import of_call
from explorer.ui.messages import Manual
from tests.ui.trace.fakes import traced

pytestmark = pytest.mark.usefixtures("utc")


async def test_failed_only_and_all_again() -> None:
    async with traced(rows=400) as area:
        await area.press("exclamation_mark")
        assert "filter failed  3 of 400" in area.header
        assert len(area.lines) == 4
        await area.press("exclamation_mark")
        assert "no filter" in area.header


async def test_escape_takes_back_one_filter_after_the_other() -> None:
    async with traced(rows=400) as area:
        await area.press("h")
        name = area.panel.watched.text if area.panel.watched else ""
        assert name.startswith("!")
        await area.press("H")
        assert "0 of 400" not in area.header
        assert area.panel.action_clear()
        assert f"filter {name}" in area.header
        assert area.panel.action_clear()
        assert "no filter" in area.header
        assert not area.panel.action_clear()


async def test_only_this_call() -> None:
    async with traced(rows=400) as area:
        call = area.panel.call_name()
        await area.press("H")
        assert all(f" {call}(" in line for line in area.lines[1:])


async def test_the_manual_about_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    async with traced(rows=400) as area:
        asked: list[Message] = []
        call = area.panel.call_name()
        with monkeypatch.context() as patched:
            patched.setattr(area.panel, "post_message", asked.append)
            area.panel.action_manual()
        assert [message.pages for message in asked if isinstance(message, Manual)] == [of_call(call)]
        assert of_call(call)[0].name == call


async def test_processes_and_descriptors() -> None:
    async with traced(rows=400) as area:
        await area.press("d")
        assert "filter fd=" in area.header
        area.panel.action_clear()
        await area.press("p")
        assert "pid=!81" in area.header
        await area.press("p")
        assert "pid=!813,812" in area.header or "pid=!812,813" in area.header
        assert "400 calls, none match" in area.lines[1]


async def test_a_filter_typed_holds_while_it_is_typed() -> None:
    async with traced(rows=400) as area:
        await area.press("f", *"openat")
        assert "openat  " in area.header
        await area.press("enter")
        assert "filter openat" in area.header
        await area.press("f", *" fd=x", "enter")
        assert "filter openat" in area.header
        assert "fd=x" in area.stage.said
        await area.press("f", *" failed", "escape")
        assert "filter openat" in area.header
        assert "failed  " not in area.header


async def test_a_selected_line_is_kept_by_a_filter_that_has_it() -> None:
    async with traced(rows=400) as area:
        await area.press("up", "up", "up")
        before = area.current.split("81")[0]
        await area.press("H")
        assert area.current.startswith(before.rstrip()[:16])
