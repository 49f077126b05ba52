"""A pane in its panel: selection, folds, search, faults."""

import pytest
from textual import events

from explorer.render.piece import Piece, Role
from explorer.ui.panel import Panel
from explorer.ui.search import Seeking
from tests.ui.shown import Shown, shown


def panel(screen: Shown) -> Panel:
    return screen.app.main.panels[0]


async def test_enter_unfolds_and_folds_and_the_rows_below_stay_in_order() -> None:
    async with shown((140, 40)) as screen:
        await screen.press("l", "down", "enter")
        await screen.until_text("pos:    2")
        assert screen.text.index("error.log") < screen.text.index("pos:    2") < screen.text.index("tcp listen")
        await screen.press("down", "enter")
        assert "pos:" not in screen.text
        row = panel(screen).current()
        assert row is not None
        assert row.key == "2"


async def test_the_selection_stays_on_its_row_when_facts_come_anew() -> None:
    async with shown((140, 40)) as screen:
        await screen.press("v")
        await screen.until_text("mapping 20")
        await screen.press(*["down"] * 25)
        top, selected = panel(screen).top, panel(screen).selected
        panel(screen).show("v", panel(screen)._facts["v"])
        assert (panel(screen).top, panel(screen).selected) == (top, selected)


async def test_search_goes_to_hits_as_they_are_typed_and_marks_them() -> None:
    async with shown() as screen:
        await screen.press("v", "slash", "2", "5")
        await screen.until_text("Search: 25▏", "/25  13 of 300")
        await screen.until(lambda: panel(screen).selected == 25)
        hits = [part.text for part in panel(screen).row_line(25, 79)[1] if part.role is Role.HIT]
        assert hits == ["25"]
        await screen.press("enter", "n")
        await screen.until(lambda: panel(screen).selected == 125)
        await screen.press("N")
        await screen.until(lambda: panel(screen).selected == 25)
        await screen.press("N")
        await screen.until(lambda: panel(screen).selected == 259)
        await screen.press("escape")
        assert "13 of 300" not in screen.text
        assert screen.app.main.area is panel(screen)


async def test_a_search_through_very_many_rows_lets_the_screen_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[bool] = []

    def at_once(seeking: Seeking) -> bool:
        looks.append(look(seeking, 0.0))
        return looks[-1]

    look = Seeking.look
    monkeypatch.setattr(Seeking, "look", at_once)
    async with shown() as screen:
        await screen.press("v", "slash", "9", "9")
        await screen.until(lambda: panel(screen).selected == 99)
        assert looks.count(False) > 50
        given_up = Seeking(lambda at: (Piece(str(at)),), lambda: 300, "7", 0, 1)
        panel(screen)._seek_on(given_up)
        assert (given_up.position, panel(screen).selected) == (None, 99)


async def test_a_pane_that_fails_says_so_in_one_line_and_the_rest_goes_on() -> None:
    async with shown((140, 40)) as screen:
        await screen.press("e")
        await screen.until_text("A fault of procdive itself in pane Environment: KeyError: 'a fault", "the rest goes on; details in ")
        await screen.press("L")
        await screen.until_text("A fault of procdive itself in pane Limits: ValueError: another fault")
        await screen.press("l")
        await screen.until_text("access.log")


async def test_counts_known_from_the_table_stand_in_tabs_that_were_never_opened() -> None:
    async with shown() as screen:
        assert "b Stack 1" in screen.text
        assert "v Memory  " in screen.text


async def test_titles_and_the_shell_command_stand_where_there_is_room() -> None:
    async with shown() as screen:
        assert "size · queue · peer" not in screen.text
        await screen.press("l", "z")
        assert "size · queue · peer" in screen.lines[3]
        assert screen.lines[22].endswith("8 of 1,024 · ls -l /proc/1/fd")


async def test_a_click_on_a_tab_opens_it_and_the_wheel_scrolls() -> None:
    async with shown((140, 40)) as screen:
        line = screen.lines[5]
        assert await screen.pilot.click(offset=(line.index("v Mem"), 5))
        await screen.until_text("mapping 5")
        await screen.pilot._post_mouse_events([events.MouseScrollDown], offset=(100, 20), button=0)
        await screen.until(lambda: panel(screen).top == 3)
        assert panel(screen).selected == 0


async def test_a_click_selects_a_row_and_gives_the_panel_the_keys() -> None:
    async with shown((140, 40)) as screen:
        y = next(y for y, line in enumerate(screen.lines) if "eventpoll" in line and "watches" in line)
        await screen.pilot.click(offset=(100, y))
        await screen.until(lambda: (row := panel(screen).current()) is not None and row.key == "8")
        assert screen.app.main.area is panel(screen)
