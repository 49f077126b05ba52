"""The trace area on the whole screen: where it stands, who has the keys, all sizes."""

import pytest

from tests.trace.fakes import FakeTracer
from tests.traces import nginx
from tests.ui.shown import Shown, shown

Engine = type[FakeTracer]


async def begun(screen: Shown, engine: Engine, rows: int = 40) -> None:
    await screen.press("s")
    await screen.until(lambda: screen.app.tracing.sessions.all and screen.app.tracing.sessions.all[0].state == "live")
    engine.made[-1].tell(nginx(rows))
    await screen.until(lambda: screen.app.tracing.sessions.all[0].log.calls == rows)
    await screen.pilot.pause()


async def test_without_a_trace_nothing_of_it_is_there(engine: Engine) -> None:
    async with shown((140, 40), target="812") as screen:
        assert "Trace" not in screen.text
        assert not screen.app.main.tracing


async def test_wide_it_stands_below_and_the_border_moves(engine: Engine) -> None:
    async with shown((140, 40), target="812") as screen:
        await begun(screen, engine)
        await screen.until_text("─ Trace 812 nginx ")
        assert screen.lines[24].startswith("─ Trace 812 nginx")
        assert "COMMAND" in screen.text
        assert "l Files" in screen.text
        await screen.press("ctrl+up", "ctrl+up")
        await screen.until(lambda: screen.lines[22].startswith("─ Trace 812 nginx"))
        await screen.press("ctrl+down", "ctrl+down", "ctrl+down")
        await screen.until(lambda: screen.lines[25].startswith("─ Trace 812 nginx"))


async def test_tab_brings_the_keys_there_and_z_zooms(engine: Engine) -> None:
    async with shown((140, 40), target="812") as screen:
        await begun(screen, engine)
        await screen.press("tab", "tab")
        assert screen.app.main.area is screen.app.main.trace
        assert "Space pause" in screen.lines[-1]
        assert "s stop trace" in screen.lines[-1]
        await screen.press("z")
        assert screen.lines[2].startswith("─ Trace 812 nginx")
        assert screen.lines[0].startswith(" 812 ")
        await screen.press("q")
        assert "COMMAND" in screen.text
        await screen.press("tab")
        assert screen.app.main.area is screen.app.main.processes


async def test_narrow_it_is_a_tab(engine: Engine) -> None:
    async with shown((80, 24), target="812") as screen:
        await begun(screen, engine)
        await screen.until_text("─ Trace 812 nginx ")
        assert "l Files" not in screen.text
        await screen.press("l")
        await screen.until_text("s Trace ●")
        await screen.press("left")
        await screen.until_text("─ Trace 812 nginx ")
        assert screen.app.main.area is screen.app.main.trace
        await screen.press("right")
        await screen.until(lambda: screen.app.main.area is screen.app.main.trace.tables["summary"])
        await screen.press("right", "right")
        await screen.until_text("s Trace ●")


async def test_at_40x10_tab_brings_it(engine: Engine) -> None:
    async with shown((40, 10), target="812") as screen:
        await begun(screen, engine)
        await screen.press("tab")
        assert "Tab trace" in screen.lines[-1]
        await screen.press("tab")
        assert screen.lines[1].startswith("─ Trace 812")


async def test_s_there_stops_it_and_its_lines_stay(engine: Engine) -> None:
    async with shown((140, 40), target="812") as screen:
        await begun(screen, engine)
        await screen.press("tab", "tab", "s")
        await screen.until_text("detached at")
        assert "write(" in screen.text


async def test_closed_it_is_gone_and_so_are_the_keys(engine: Engine) -> None:
    async with shown((140, 40), target="812") as screen:
        await begun(screen, engine)
        await screen.press("tab", "tab", "z")
        screen.app.tracing.close()
        await screen.until(lambda: "Trace 812" not in screen.text and "COMMAND" in screen.text)
        assert screen.app.main.area is screen.app.main.processes


@pytest.mark.parametrize("keys", [("tab", "tab"), ("tab", "tab", "z"), ("tab", "tab", "up", "enter")])
async def test_resized_at_any_moment(engine: Engine, keys: tuple[str, ...]) -> None:
    async with shown((140, 40), target="812") as screen:
        await begun(screen, engine)
        await screen.press(*keys)
        for size in ((80, 24), (40, 10), (30, 8), (140, 12), (109, 24), (110, 9), (200, 60), (1, 1), (140, 40)):
            await screen.pilot.resize_terminal(*size)
            await screen.pilot.pause()
            engine.made[-1].tell(nginx(7))
            await screen.press("up", "space")
        await screen.until_text("Trace 812 nginx")


async def test_help_names_its_keys(engine: Engine) -> None:
    async with shown((140, 40), target="812") as screen:
        await begun(screen, engine)
        await screen.press("tab", "tab", "f1")
        await screen.until_text("Help: trace", "hide this call", "previous use of its descriptor or path")
