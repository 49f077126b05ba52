"""Where areas stand and who has the keys: zoom, border, two panes, sizes."""

import pytest
from textual.events import DescendantFocus

from tests.ui.fakes import FakeSources
from tests.ui.shown import shown


async def test_z_gives_the_area_the_screen_and_takes_it_back() -> None:
    async with shown() as screen:
        before = screen.text
        await screen.press("z")
        assert screen.lines[21].startswith("─")
        assert "Files" not in screen.text
        await screen.press("z")
        assert screen.text == before
        await screen.press("l", "z")
        assert screen.lines[0].startswith(" 1 /usr/sbin/systemd")
        assert screen.lines[2].startswith("─ l Files")
        assert "ls -l /proc/1/fd" in screen.lines[22]
        await screen.press("escape")
        assert "COMMAND" in screen.text


async def test_the_border_moves_and_stays_within_the_screen() -> None:
    async with shown() as screen:
        await screen.press("ctrl+up")
        assert screen.lines[9].startswith("──")
        await screen.press(*["ctrl+up"] * 20)
        assert screen.lines[4].startswith("──")
        await screen.press(*["ctrl+down"] * 40)
        assert screen.app.main.plan.first is not None


async def test_two_panes_beside_above_and_one() -> None:
    async with shown((160, 45)) as screen:
        main = screen.app.main
        assert "─ b Stack 1 ─" in screen.lines[5]
        await screen.press("vertical_line")
        assert main.plan.first is not None
        assert main.plan.second is not None
        assert main.plan.first.x == main.plan.second.x
        await screen.press("vertical_line")
        await screen.until_text("l Files 8   b Stack 1")
        assert not main.two
        await screen.press("vertical_line")
        assert main.plan.second is not None


async def test_the_keys_are_never_in_a_panel_that_is_not_there() -> None:
    async with shown((160, 45)) as screen:
        await screen.press("b")
        assert screen.app.main.area is screen.app.main.panels[1]
        await screen.pilot.resize_terminal(100, 30)
        await screen.until(lambda: screen.app.main.focused is screen.app.main.panels[0])


@pytest.mark.parametrize("key", ["tab", "z"])
async def test_at_40x10_tab_and_z_show_the_next_area(key: str) -> None:
    async with shown((40, 10)) as screen:
        assert "COMMAND" in screen.lines[1]
        assert screen.lines[7].startswith("─ 1 ")
        assert screen.lines[9].startswith(" F1 help Tab ")
        await screen.press(key)
        await screen.until_text("l Files", "/dev/null")
        assert "COMMAND" not in screen.text
        await screen.press(key)
        await screen.until_text("COMMAND")


async def test_case_82_resized_at_any_moment_the_picture_is_that_of_a_fresh_start() -> None:
    async with shown() as fresh:
        wanted = fresh.text
    for keys in ((), ("l",), ("b",), ("f9",), ("f4",), ("f1",), ("ctrl+p",), ("z",), ("f2",)):
        async with shown((38, 10)) as screen:
            await screen.press(*keys)
            for size in ((200, 60), (20, 5), (1, 1), (2, 3), (39, 40), (300, 4), (80, 24)):
                await screen.pilot.resize_terminal(*size)
                await screen.pilot.pause()
                assert all(len(line) <= size[0] for line in screen.lines)
            assert screen.app._exception is None
            if not keys:
                await screen.until(lambda: screen.text == wanted)


async def test_case_82_too_small_is_said_and_the_tree_stays() -> None:
    async with shown((38, 10)) as screen:
        assert "38x10: 40x10 shows more" in screen.lines[9]
        assert "COMMAND" in screen.lines[0]


async def test_a_process_that_ended_keeps_what_was_read_last() -> None:
    sources = FakeSources()
    async with shown((140, 40), sources, target="812") as screen:
        await screen.until_text("812 nginx: worker", "access.log")
        sources.without(812)
        screen.app.feed.now("table")
        await screen.until_text("ended: as it was last read")
        assert "access.log" in screen.text


async def test_who_had_the_keys_for_a_moment_only_takes_nothing() -> None:
    async with shown((80, 24)) as screen:
        main = screen.app.main
        main.state.lower = "trace"
        main.post_message(DescendantFocus(main.panels[0]))
        await screen.press("down")
        assert main.state.lower == "trace"
        assert main.area is main.processes
        main.state.lower = "first"
