"""Frames go through our painter; the theme follows what the terminal says of its background."""

import pytest
from textual.geometry import Region

from explorer.ui.drawn import _lines
from explorer.ui.keys import Background
from tests.ui.shown import shown


async def test_a_frame_is_all_of_the_screen_or_the_lines_that_changed() -> None:
    async with shown() as screen:
        compositor = screen.app.screen._compositor
        whole = _lines(compositor.render_full_update())
        assert set(whole) == set(range(24))
        assert all(sum(strip.cell_length for _, strip in strips) == 80 for strips in whole.values())
        compositor._dirty_regions = {Region(0, 3, 80, 1)}
        part = compositor.render_partial_update()
        assert part is not None
        assert set(_lines(part)) == {3}


async def test_a_light_background_brings_the_light_theme_where_none_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORFGBG", "")
    monkeypatch.delenv("NO_COLOR", raising=False)
    async with shown() as screen:
        screen.app.post_message(Background(light=True))
        await screen.until(lambda: screen.app.pen.theme.name == "light")
        screen.app.preferences.theme = "dark"
        screen.app.post_message(Background(light=True))
        await screen.pilot.pause()
        assert screen.app.preferences.theme == "dark"
