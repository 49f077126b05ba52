"""ui/trace/verbs.py: what the app's keys do about traces, and its end."""

import pytest

from tests.trace.fakes import FakeTracer
from tests.ui.trace.opened import at, marked, sessions

Engine = type[FakeTracer]


async def test_s_works_from_the_panes_too(engine: Engine) -> None:
    async with at(812) as screen:
        await screen.press("l", "s")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {812})


async def test_closing_one_and_stopping_all(engine: Engine) -> None:
    async with at(812) as screen:
        await screen.press("s")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {812})
        await screen.press("down", "s")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {812, 813})
        await screen.press("ctrl+p", *"stop all", "enter")
        await screen.until(lambda: not screen.app.tracing.sessions.running)
        assert len(sessions(screen)) == 2
        await screen.press("ctrl+p", *"close this", "enter")
        await screen.until(lambda: len(sessions(screen)) == 1)
        assert sessions(screen)[0].label == "812 nginx"


async def test_ctrl_c_ends_a_trace_first_and_then_procdive(engine: Engine) -> None:
    async with at(812) as screen:
        await screen.press("s")
        await screen.until(lambda: marked(screen) == {812})
        await screen.press("ctrl+c")
        await screen.until(lambda: not screen.app.tracing.sessions.running)
        assert screen.app._exit is False
        await screen.press("ctrl+c")
        assert screen.app._exit is True


@pytest.mark.parametrize("key", ["f10", "q"])
async def test_quitting_asks_while_a_trace_runs(engine: Engine, key: str) -> None:
    async with at(812) as screen:
        await screen.press("s")
        await screen.until(lambda: marked(screen) == {812})
        await screen.press(key)
        await screen.until_text("Quit?", "A trace runs: 812 nginx")
        await screen.press("enter")
        await screen.until(lambda: screen.opened == (False, False))
        assert screen.app._exit is False
        await screen.press(key)
        await screen.until_text("Quit?")
        await screen.press("f10" if key == "f10" else "y")
        await screen.until(lambda: screen.app._exit)
        await screen.until(lambda: engine.made[-1].detached)


async def test_a_process_that_ended_is_not_traced(engine: Engine) -> None:
    async with at(1211) as screen:
        await screen.press("down", "down")
        await screen.until(lambda: screen.app.state.process is not None and screen.app.state.process.pid == 1881)
        await screen.press("s")
        await screen.until_text("ended already, nothing to trace")
        assert engine.made == []


async def test_before_the_first_trace_nothing_of_it_is_loaded() -> None:
    async with at(812) as screen:
        assert screen.app._tracing is None
        names = [command.name for command in screen.app.trace_commands()]
        assert names == [
            "trace: start, stop",
            "trace the subtree of 812",
            "trace all named nginx",
            "trace all of nginx.service",
            "trace a command …",
            "open a saved trace …",
        ]
        assert screen.app.running == []


async def test_in_the_trace_s_stops_the_one_that_is_shown(engine: Engine) -> None:
    async with at(812) as screen:
        await screen.press("s")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {812})
        await screen.press("down")
        screen.app.main.give(screen.app.main.trace)
        await screen.press("s")
        await screen.until(lambda: sessions(screen)[0].state == "ended")
        assert len(sessions(screen)) == 1
