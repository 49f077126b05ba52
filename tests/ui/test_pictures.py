"""Pictures of the whole screen, on the machine that stands still. `pytest tests/ui/test_pictures.py --snapshot-update` makes them anew:
look at each before you keep it."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from explorer.ui.app import Explorer
from explorer.ui.preferences import Preferences
from tests.ui.fakes import FAKE_PANES, FakeSources
from tests.ui.shown import Shown

TRUE_COLOUR = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same terminal and the same time zone everywhere."""
    for name in ("NO_COLOR", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {**TRUE_COLOUR, "TZ": "UTC"}.items():
        monkeypatch.setenv(name, value)
    time.tzset()


Compare = Callable[..., bool]


def picture(compare: Compare, size: tuple[int, int], *keys: str, theme: str = "dark", encoding: str = "utf-8") -> bool:
    """Whether it looks as it did. Opened on the nginx worker."""
    panes = tuple(pane() for pane in FAKE_PANES)
    app = Explorer(FakeSources(), lambda: panes, preferences=Preferences(theme=theme), target="812", encoding=encoding)

    async def before(pilot: Pilot[Any]) -> None:
        screen = Shown(app, pilot)
        await screen.until(lambda: app.panes and app.state.process is not None and app.state.process.pid == 812)
        tree = app.main.processes
        tree.top = 0  # how far it had scrolled depends on which came first, the size or the table
        tree.reveal()
        tree.changed()
        for key in ("", *keys):
            if key:
                await screen.press(key)
            await screen.until(lambda: all(panel.letter in panel._facts for panel in app.main.panels if panel.shown))
            if app.main.card.shown:
                await screen.until(lambda: app.main.card._facts is not None)
        app.action_pause()
        app.state.paused = False
        app.main.top_line.changed()
        await pilot.pause()

    return compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 45), (200, 50), (40, 10), (60, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_sizes(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert picture(snap_compare, size)


@pytest.mark.parametrize("theme", ["dark", "light", "ansi", "mono"])
def test_themes(snap_compare: Compare, theme: str) -> None:
    assert picture(snap_compare, (80, 24), "f4", *"nginx", "enter", "l", theme=theme)


def test_the_c_locale(snap_compare: Compare) -> None:
    assert picture(snap_compare, (80, 24), theme="mono", encoding="ascii")


PLACES = (
    *(("f1",), ("l", "f1"), ("ctrl+p",), ("f2",), ("f9",), ("f4", *"nginx"), ("z",), ("l", "z", "down", "enter")),
    *(("slash", "n"), ("v", "slash", "2")),
)


@pytest.mark.parametrize("keys", PLACES, ids="-".join)
def test_places(snap_compare: Compare, keys: tuple[str, ...]) -> None:
    assert picture(snap_compare, (80, 24), *keys)


def test_two_panes_above_each_other(snap_compare: Compare) -> None:
    assert picture(snap_compare, (140, 40), "vertical_line")
