"""Pictures of the files of all processes, on the machine that stands still. Made anew as those of tests/ui/test_pictures.py."""

import pytest
from textual.pilot import Pilot

from explorer.ui.app import Explorer
from explorer.ui.preferences import Preferences
from tests.ui.fakes import FAKE_PANES, FakeSources
from tests.ui.machine.inside import area, looking
from tests.ui.shown import Shown
from tests.ui.test_pictures import Compare, surroundings

__all__ = ["surroundings"]


def picture(compare: Compare, size: tuple[int, int], *keys: str, theme: str = "dark", encoding: str = "utf-8") -> bool:
    panes = tuple(pane() for pane in FAKE_PANES)
    app = Explorer(FakeSources(), lambda: panes, preferences=Preferences(theme=theme), encoding=encoding)

    async def before(pilot: Pilot[int]) -> None:
        screen = Shown(app, pilot)
        await screen.until(lambda: app.panes and app.state.process is not None)
        await screen.press("A")
        await screen.until(lambda: app._machine is not None and app._machine.picture.looked.rounds)
        for key in keys:
            await screen.press(key)
        await screen.until(lambda: area(app).picture.demand == area(app).demand and area(app).picture.tested == 1)
        await screen.until(lambda: not looking(app).arranges and not looking(app).reads)
        await pilot.pause()

    return compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 45), (40, 10)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_sizes(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert picture(snap_compare, size)


@pytest.mark.parametrize("keys", [("f", *"tcp"), ("f", *"nginx", "enter", "g", "enter", "down"), ("f6",)], ids="-".join)
@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_places(snap_compare: Compare, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    assert picture(snap_compare, size, *keys)


@pytest.mark.parametrize("theme", ["light", "ansi", "mono"])
def test_themes(snap_compare: Compare, theme: str) -> None:
    assert picture(snap_compare, (80, 24), "down", theme=theme)


def test_the_c_locale(snap_compare: Compare) -> None:
    assert picture(snap_compare, (80, 24), theme="mono", encoding="ascii")
