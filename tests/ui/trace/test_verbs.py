"""ui/trace/verbs.py: what the app's keys do about traces, and its end."""

from pathlib import Path

import pytest

from explorer.model.batch import Batch
from explorer.model.missing import Missing, Reason
from explorer.model.tally import Tally, TallyKey
from explorer.model.use import Use, UseKey
from explorer.ui.trace.look import Chosen
from tests.trace.fakes import FakeTracer, calls
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
            "summary of 812 nginx: where its time goes",
            "access of 812 nginx: which files it uses",
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


class Counts(FakeTracer):
    """An engine that counts itself and stops nobody."""

    name = "bpf"
    COUNTS = frozenset({"summary", "access"})


@pytest.mark.parametrize("tab", ["summary", "access"])
async def test_the_palette_counts_and_takes_nothing_else(engine: Engine, monkeypatch: pytest.MonkeyPatch, tab: str) -> None:
    monkeypatch.setattr("explorer.ui.trace.tracing.best", lambda _process: Chosen(Counts))
    async with at(812, (140, 40)) as screen:
        await screen.press("ctrl+p", *f"{tab} of", "enter")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {812})
        assert engine.made[-1].captures[0].what == {tab}
        assert screen.app.main.trace.tab == tab
        await screen.until_text("every process of this machine pays a little")
        assert "takes only" not in screen.text
        engine.made[-1].tell(Batch(tallies={TallyKey(812, 812, 0, 39): Tally(7, total=700)}, uses={UseKey(812, b"/srv/x"): Use(reads=7)}))
        await screen.until_text("getpid" if tab == "summary" else "/srv/x")


async def test_of_a_trace_that_runs_the_palette_shows_the_tab(engine: Engine) -> None:
    async with at(812, (140, 40)) as screen:
        await screen.press("s")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {812})
        engine.made[-1].tell(calls(5))
        await screen.press("ctrl+p", *"summary of", "enter")
        await screen.until_text("   Summary   a Access", "getpid")
        assert len(engine.made) == 1


async def test_an_engine_that_does_not_count_takes_the_lines(engine: Engine) -> None:
    async with at(812, (140, 40)) as screen:
        await screen.press("ctrl+p", *"access of", "enter")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {812})
        assert engine.made[-1].captures[0].what == {"stream"}
        assert screen.app.main.trace.tab == "access"


async def test_keys_go_with_the_tab_and_s_stops_it_from_there(engine: Engine) -> None:
    async with at(812, (140, 40)) as screen:
        await screen.press("s")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {812})
        engine.made[-1].tell(calls(5))
        await screen.press("tab", "tab", "c")
        main = screen.app.main
        assert main.area.id == "summary"
        await screen.until_text("g group", "getpid")
        await screen.press("z")
        assert screen.app.state.zoomed == "trace"
        assert "COMMAND" not in screen.text
        await screen.press("a")
        assert main.area.id == "access"
        assert "COMMAND" not in screen.text
        await screen.press("f1")
        await screen.until_text("Help: access", "opened only", "to its process")
        await screen.press("escape", "z", "s")
        await screen.until(lambda: sessions(screen)[0].state == "ended")
        await screen.press("t")
        assert main.area.id == "trace"
        await screen.press("c", "ctrl+p", *"count from", "enter")
        await screen.until_text("it has ended: nothing more would be counted")
        await screen.press("tab")
        assert main.area.id == "tree"


async def test_a_table_is_saved_where_a_person_says(engine: Engine, tmp_path: Path) -> None:
    async with at(812, (140, 40)) as screen:
        await screen.press("s")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {812})
        engine.made[-1].tell(calls(5))
        await screen.press("tab", "tab", "c")
        await screen.until_text("getpid")
        await screen.press("S")
        await screen.until_text("Save to: summary-812-nginx-", ".jsonl for JSON")
        path = tmp_path / "s.txt"
        await screen.press("ctrl+u", *str(path), "enter")
        await screen.until(path.exists)
        await screen.until_text("saved ")
        assert "getpid" in path.read_text()


async def test_a_table_as_the_only_tab_of_a_narrow_screen(engine: Engine) -> None:
    async with at(812) as screen:
        await screen.press("s")
        await screen.until(lambda: screen.app.tracing.sessions.traced == {812})
        engine.made[-1].tell(calls(5))
        await screen.press("tab", "tab", "c")
        await screen.until_text("─ Trace 812 Summary Access ─", "getpid")
        await screen.press("l")
        await screen.until_text("s Trace ●")
        await screen.press("left")
        await screen.until_text("getpid")
        assert screen.app.main.area is screen.app.main.trace.tables["summary"]


async def test_why_it_is_a_lesser_engine_is_said_and_stays_in_the_header(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    why = Missing(Reason.DENIED, "bpf needs CAP_BPF", "run as root")
    monkeypatch.setattr("explorer.ui.trace.tracing.best", lambda _process: Chosen(FakeTracer, ("bpf", why)))
    async with at(812, (160, 45)) as screen:
        await screen.press("s")
        await screen.until_text("ptrace, not bpf: bpf needs CAP_BPF: denied — sudo procdive 812", "─ ptrace, no bpf · ")
