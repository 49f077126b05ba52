"""Frames go through our painter; the theme follows what the terminal says of its background."""

import pyte
import pytest
from textual.geometry import Region

from explorer.render.piece import piece
from explorer.ui.drawn import Drawn, _lines
from explorer.ui.keys import Background
from explorer.ui.lines import Lines
from tests.ui.shown import shown

SIZE = (80, 24)


class Seen:
    """A terminal that pyte reads; busy: it takes nothing."""

    def __init__(self) -> None:
        self.busy = False
        self.screen = pyte.Screen(*SIZE)
        self._stream = pyte.ByteStream(self.screen)

    def send(self, data: bytes) -> None:
        self._stream.feed(data)

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """What the app has for its terminal."""
    found = Seen()
    monkeypatch.setattr(Drawn, "terminal", found)
    return found


async def test_lines_that_changed_are_drawn_past_textual(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    async with shown(SIZE) as screen:
        app = screen.app
        app.refresh_all()
        await screen.until(lambda: seen.lines == screen.lines)

        def composed() -> None:
            assert not app.screen._compositor._dirty_regions

        monkeypatch.setattr(app.screen._compositor, "render_partial_update", composed)
        app.say((piece("something to say"),))
        await screen.until(lambda: " something to say" in seen.lines)
        app.say(())
        await screen.until(lambda: seen.lines == screen.lines)
        tree = app.main.processes
        tree.select(2)
        tree.scroll_lines(1)
        await screen.until(lambda: seen.lines == screen.lines)


async def test_a_line_that_an_area_has_no_more_is_not_drawn(seen: Seen) -> None:
    """It may have been made lower between the change and the frame."""
    async with shown(SIZE) as screen:
        app = screen.app
        app.refresh_all()
        await screen.until(lambda: seen.lines == screen.lines)
        assert app.redraw(app.main.processes, [0, 99])
        await screen.until(lambda: not app._stale)
        assert app.fault is None
        assert seen.lines == screen.lines


async def test_what_lies_over_an_area_is_left_to_textual(seen: Seen) -> None:
    async with shown(SIZE) as screen:
        tree = screen.app.main.processes
        lower = Lines()
        assert screen.app.redraw(tree, ())
        await screen.app.mount(lower)
        assert not screen.app.redraw(lower, ())
        screen.app._alone = screen.app.screen._compositor.visible_widgets, {}
        assert not screen.app.redraw(tree, ())


async def test_while_the_terminal_takes_nothing_no_frame_is_made(seen: Seen) -> None:
    async with shown(SIZE) as screen:
        app = screen.app
        app.refresh_all()
        await screen.until(lambda: seen.lines == screen.lines)
        before = seen.lines
        seen.busy = True
        app.say((piece("something to say"),))
        await screen.until(lambda: not app._stale)
        assert app._skipped
        assert seen.lines == before
        seen.busy = False
        app._drained()
        await screen.until(lambda: " something to say" in seen.lines)


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
