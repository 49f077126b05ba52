"""ui/trace/tracing.py and verbs.py: `s` and the palette, on the standing machine with an engine of the test's own."""

import os
from collections.abc import Collection
from pathlib import Path

import pytest

from explorer.collect.busy import Busy
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.resolve.system import System
from tests.trace.fakes import FakeTracer, calls, exited, started
from tests.ui.shown import shown
from tests.ui.trace.opened import at, marked, sessions

Engine = type[FakeTracer]


def busy(monkeypatch: pytest.MonkeyPatch, cpu: float = 41.7) -> None:
    def of(_system: System, processes: Collection[ProcessId]) -> dict[ProcessId, Busy | Missing]:
        return {process: Busy(process, 4, cpu, 19.0, 900.0) for process in processes}

    monkeypatch.setattr("explorer.ui.trace.look.busy", of)
    monkeypatch.setattr("explorer.ui.trace.tracing.Prices", Fixed)


class Fixed:
    """A price."""

    def of(self, _engine: Engine) -> float:
        return 0.00013


async def test_s_traces_an_idle_one_without_a_question_and_s_again_lets_go(engine: Engine) -> None:
    async with at(812) as screen:
        await screen.press("s")
        await screen.until(lambda: marked(screen) == {812})
        assert screen.opened == (False, False)
        assert [session.label for session in sessions(screen)] == ["812 nginx"]
        assert "s stop" in screen.lines[-1]
        engine.made[-1].tell(calls(5))
        await screen.until(lambda: sessions(screen)[0].log.calls == 5)
        await screen.press("down")
        await screen.until(lambda: "s trace" in screen.lines[-1])
        assert marked(screen) == {812}
        await screen.press("up", "s")
        await screen.until(lambda: sessions(screen)[0].state == "ended")
        assert marked(screen) == set()
        assert len(sessions(screen)[0].log) == 5


async def test_all_tagged_ones_are_one_session(engine: Engine) -> None:
    async with at(812) as screen:
        await screen.press("space", "space", "s")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {812, 813})
        assert len(sessions(screen)) == 1
        await screen.press("U")
        await screen.until(lambda: marked(screen) == {812, 813})


async def test_what_it_starts_is_marked_until_it_ends(engine: Engine) -> None:
    async with at(811, (100, 40)) as screen:
        await screen.press("s")
        await screen.until(lambda: marked(screen) == {811})
        engine.made[-1].tell(started(811, 813))
        await screen.until(lambda: marked(screen) == {811, 813})
        engine.made[-1].tell(exited(813, 0))
        await screen.until(lambda: marked(screen) == {811})


async def test_a_busy_one_is_asked_about_and_only_y_attaches(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    busy(monkeypatch)
    async with at(1210, (100, 30)) as screen:
        for no in ("enter", "escape", "n"):
            await screen.press("s")
            await screen.until_text("Trace 1210?", "It is busy: 41.7% of a core, 19% in the kernel.", "130 µs more (measured)")
            assert "gunicorn: master" in screen.text
            assert "exe /usr/sbin/gunicorn" in screen.text
            await screen.press(no)
            await screen.until(lambda: screen.opened == (False, False))
            assert sessions(screen) == []
        await screen.press("s")
        await screen.until_text("Trace 1210?")
        await screen.press("y")
        await screen.until(lambda: marked(screen) == {1210})


async def test_for_a_second_only(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    busy(monkeypatch)
    async with at(1210) as screen:
        await screen.press("s")
        await screen.until_text("Trace 1210?")
        await screen.press("1")
        await screen.until(lambda: sessions(screen) and sessions(screen)[0].state == "ended")
        assert engine.made[-1].detached


async def test_refused_says_who_why_and_what_helps(engine: Engine) -> None:
    engine.refuses[812] = Missing(Reason.DENIED, "812 nginx is traced by 77 gdb", "end that first")
    async with at(812) as screen:
        await screen.press("s")
        await screen.until(lambda: sessions(screen))
        assert sessions(screen)[0].state == "refused"
        await screen.until_text("812 nginx: is traced by 77 gdb: denied — end that first")
        assert engine.made == []


async def test_one_of_several_is_refused_and_the_others_are_traced(engine: Engine) -> None:
    engine.refuses[812] = Missing(Reason.DENIED, "812 nginx is traced by 77 gdb")
    async with at(812) as screen:
        await screen.press("space", "space", "s")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {813})
        await screen.until_text("not 812 nginx: 812 nginx is traced by 77 gdb")


async def test_the_palette_traces_a_subtree_and_all_of_a_name(engine: Engine) -> None:
    async with at(1204) as screen:
        await screen.press("ctrl+p", *"subtree")
        await screen.until_text("trace the subtree of 1204")
        await screen.press("enter")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {1204, 1210, 1211, 1877})
        await screen.until(lambda: engine.made and engine.made[-1].captures)
        snapshot = screen.app.tracing.snapshot
        assert snapshot is not None
        # Who was born since the table was made is traced too.
        assert engine.made[-1].captures[0].since == int(snapshot.taken * os.sysconf("SC_CLK_TCK"))
    async with at(812) as screen:
        await screen.press("ctrl+p", *"trace all")
        await screen.until_text("trace all named nginx")
        await screen.press("enter")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {811, 812, 813})


async def test_the_palette_traces_all_of_a_unit(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.collect.members.members", lambda _system, name, _pids: [811, 813] if name == "nginx.service" else [])
    async with at(812) as screen:
        await screen.press("ctrl+p", *"nginx.service")
        await screen.until_text("trace all of nginx.service")
        await screen.press("enter")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {811, 813})


async def test_a_command_is_asked_for_and_started(engine: Engine) -> None:
    async with at(812) as screen:
        await screen.press("ctrl+p", *"trace a com", "enter")
        await screen.until_text("Trace command: ▏")
        await screen.press(*"ls '-l x'", "enter")
        await screen.until(lambda: engine.made and engine.made[-1].command)
        assert engine.made[-1].command[-2:] == ("ls", "-l x")
        await screen.until(lambda: sessions(screen)[0].state == "live")
        await screen.press("ctrl+p", *"wrote")
        await screen.until_text("what ls -l x wrote")
        await screen.press("enter")
        await screen.until_text("nothing so far")


async def test_a_command_that_is_no_shells(engine: Engine) -> None:
    async with at(812) as screen:
        await screen.press("ctrl+p", *"trace a com", "enter")
        await screen.until_text("Trace command: ▏")
        await screen.press(*"ls 'x", "enter")
        await screen.until_text("no closing quotation")
        assert engine.made == []


async def test_no_other_key_does_anything_while_it_is_asked(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    busy(monkeypatch)
    async with at(1210) as screen:
        await screen.press("s")
        await screen.until_text("Trace 1210?")
        await screen.press("s", "l", "q", "k", "z")
        assert screen.opened == (True, False)
        assert sessions(screen) == []


async def test_saved_and_opened_again(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    async with at(812, (120, 40)) as screen:
        await screen.press("s")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {812})
        engine.made[-1].tell(calls(5))
        await screen.until_text("getpid() = 812")
        screen.app.main.give(screen.app.main.trace)
        await screen.press("S")
        await screen.until_text("Save to: trace-812-nginx-")
        await screen.press("ctrl+u", *str(path), "enter")
        await screen.until_text(f"saved 5 lines to {path}")
    async with shown((120, 40), trace=str(path)) as screen:
        await screen.until_text("getpid() = 812", "Trace t.jsonl")
        assert sessions(screen)[0].state == "opened"
    async with shown((120, 40), trace=str(tmp_path / "none")) as screen:
        await screen.until_text("none cannot be read")
