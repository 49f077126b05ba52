"""Every command by its name."""

from tests.ui.shown import shown


async def test_typing_narrows_and_enter_does_it() -> None:
    async with shown() as screen:
        await screen.press("ctrl+p")
        await screen.until_text("Command: ▏")
        await screen.press(*"zoo")
        await screen.until_text("Command: zoo▏", "z           zoom", "1 of")
        await screen.press("enter")
        await screen.until(lambda: screen.app.state.zoomed == "tree")
        assert screen.opened == (False, False)


async def test_a_command_of_the_area_runs_there() -> None:
    async with shown() as screen:
        await screen.press("ctrl+p", *"list", "enter")
        await screen.until_text("list 18")


async def test_a_pane_by_its_name() -> None:
    async with shown() as screen:
        await screen.press("ctrl+p", *"memory", "enter")
        await screen.until(lambda: screen.app.main.area is screen.app.main.panels[0])


async def test_nothing_found_nothing_done_and_escape_closes() -> None:
    async with shown() as screen:
        await screen.press("ctrl+p", *"xyzzy")
        await screen.until_text("0 of")
        await screen.press("enter")
        await screen.until(lambda: screen.opened == (False, False))
        await screen.press("ctrl+p", "a", "backspace", "escape")
        await screen.until(lambda: screen.opened == (False, False))
        assert screen.app.main.focused is screen.app.main.processes
