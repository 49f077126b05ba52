"""Calls opened below their lines."""

import pytest

from tests.traces import nginx
from tests.ui.trace.fakes import pending, traced

pytestmark = pytest.mark.usefixtures("utc")


async def test_enter_opens_and_closes() -> None:
    async with traced(rows=3, size=(140, 30)) as area:
        await area.press("enter")
        assert area.lines[4].startswith("   ┌ openat: open a file, relative to a directory descriptor")
        assert "the working directory, /" in area.lines[5]
        assert any("result" in line and "No such file or directory · /srv/www/img/logo0.svg, or" in line for line in area.lines)
        assert "└ ! failed only" in area.lines[-1]
        assert "‖ paused" in area.header
        await area.press("enter")
        assert "┌" not in "\n".join(area.lines)


async def test_buffers_byte_by_byte() -> None:
    async with traced(rows=2, size=(140, 30)) as area:
        await area.press("enter")
        assert any("0000  47 45 54 20 2f" in line and "GET /" in line for line in area.lines)


async def test_what_its_descriptor_was_used_for_before() -> None:
    async with traced(rows=400, size=(140, 40)) as area:
        await area.press("enter")
        before = [line for line in area.lines if "│ before" in line]
        assert len(before) == 1


async def test_how_often_a_path_failed() -> None:
    async with traced(size=(140, 40)) as area:
        for _ in range(3):
            await area.tell(nginx(3))
        await area.press("enter")
        assert any("this path failed 3 times in" in line for line in area.lines)


async def test_a_line_opened_stays_open_while_others_come() -> None:
    async with traced(rows=3, size=(140, 30)) as area:
        await area.press("enter")
        before = area.lines[1:]
        await area.tell(nginx(3, 2))
        assert area.lines[1:] == before


async def test_one_in_flight() -> None:
    async with traced(size=(140, 30)) as area:
        await area.tell(pending())
        await area.press("enter")
        assert any("in flight" in line for line in area.lines)


async def test_a_line_of_an_opened_one_can_be_selected_and_copied() -> None:
    async with traced(rows=3, size=(140, 30)) as area:
        await area.press("enter", "down", "down")
        assert area.panel.copy_line().startswith("dirfd")
        await area.press("enter")
        assert "┌" not in "\n".join(area.lines)
