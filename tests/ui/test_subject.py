"""What is fetched: of the selected process, for what is on the screen, and nothing else."""

from dataclasses import replace

from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.resolve.system import System
from explorer.ui.panes.pane import Pane
from tests.ui.fakes import FAKE_PANES, FakeFiles, FakeSources, FakeStack, snapshot
from tests.ui.shown import shown

FETCHED: list[tuple[str, int]] = []


class Files(FakeFiles):
    def fetch(self, system: System, process: ProcessId) -> object:
        FETCHED.append(("files", process.pid))
        return super().fetch(system, process)


class Stack(FakeStack):
    def fetch(self, system: System, process: ProcessId) -> object:
        FETCHED.append(("stack", process.pid))
        return super().fetch(system, process)


PANES: tuple[type[Pane], ...] = (Files, Stack, *FAKE_PANES[2:])


async def test_only_panes_on_the_screen_are_fetched() -> None:
    FETCHED.clear()
    async with shown(panes=PANES) as screen:
        assert {name for name, _ in FETCHED} == {"files"}
        await screen.press("b")
        await screen.until(lambda: ("stack", 1) in FETCHED)
        await screen.press("q", "z")
        FETCHED.clear()
        await screen.beat()
        assert FETCHED == []


async def test_what_comes_late_of_another_process_is_not_shown() -> None:
    async with shown(panes=PANES) as screen:
        await screen.press("end")
        await screen.until(lambda: FETCHED[-1] == ("files", 1377))
        assert screen.app.state.process == ProcessId(1377, 137700)


async def test_a_pid_used_again_is_not_the_selected_process() -> None:
    sources = FakeSources()
    async with shown((140, 40), sources, panes=PANES, target="812") as screen:
        await screen.until(lambda: screen.app.state.process == ProcessId(812, 81200))
        old = sources.shown.processes[812]
        other = replace(old, id=ProcessId(812, 999_999), argv=("php-fpm",), comm="php-fpm")
        sources.shown = replace(sources.shown, processes={**sources.shown.processes, 812: other})
        screen.app.feed.now("table")
        await screen.until(lambda: screen.app.subject.row() is None or screen.app.state.process != ProcessId(812, 81200))


async def test_that_processes_of_others_are_hidden_is_said() -> None:
    hidden = Missing(Reason.DENIED, "/proc is mounted hidepid=2", "only the 9 processes of deploy are visible")
    async with shown((120, 30), FakeSources(replace(snapshot(), hidden=hidden))) as screen:
        await screen.until_text("/proc is mounted hidepid=2", "only the 9 processes of deploy are visible")
        await screen.press("down")
        assert "hidepid" not in screen.text
