"""ui/machine/verbs.py: the whole screen with the files of all processes in it, on the machine that stands still."""

import pytest

from explorer.ui.machine.looking import Looking
from explorer.ui.machine.told import Pictured
from tests.opened import file, held
from tests.ui.fakes import FakeSources
from tests.ui.machine.inside import area, feed
from tests.ui.shown import Shown, shown


def selected(screen: Shown) -> int:
    """Of which process card and panes are."""
    process = screen.app.state.process
    return 0 if process is None else process.pid


def row_key(screen: Shown) -> str:
    """Of the row that is selected in the first panel."""
    row = screen.app.main.panels[0].current()
    return "" if row is None else row.key


async def opened(screen: Shown) -> None:
    await screen.press("A")
    await screen.until_text("Files of all processes", "● live")


async def test_a_key_shows_them_and_q_and_escape_lead_back() -> None:
    async with shown((120, 30)) as screen:
        before = screen.lines[1]
        for key in ("q", "escape", "A", "tab"):
            await opened(screen)
            assert "/var/log/nginx/access.log" in screen.text
            assert "COMMAND" in screen.lines[2]
            assert screen.lines[0].lstrip().startswith("web1")
            await screen.press(key)
            assert screen.lines[1] == before
            assert screen.app.main.area is screen.app.main.processes
            assert screen.app._looking is None


async def test_enter_goes_to_the_process_and_its_descriptor_and_backspace_comes_back() -> None:
    async with shown((120, 30)) as screen:
        await opened(screen)
        await screen.press("f", *"pid:812 fd:5", "enter")
        await screen.until(lambda: "/access.log" in screen.lines[3] and len(area(screen.app).picture) == 1)
        await screen.press("enter")
        await screen.until(lambda: selected(screen) == 812)
        panel = screen.app.main.panels[0]
        await screen.until(lambda: screen.app.main.area is panel and row_key(screen) == "5")
        assert "Files of all" not in screen.text
        await screen.press("backspace")
        await screen.until_text("Files of all processes", "filter pid:812 fd:5", "● live")
        assert selected(screen) == 1
        await screen.press("escape")
        await screen.until_text("/dev/null")


async def test_what_is_answered_after_they_were_left_does_not_keep_them_from_being_read_when_they_are_come_back_to() -> None:
    sources = FakeSources()
    async with shown((120, 30), sources) as screen:
        await opened(screen)
        for _ in range(3):
            await screen.press("end", "home", "enter", "backspace")
            await screen.until_text("Files of all processes")
        sources.played.holds[640] = held(640, file(3, "/come/since"), comm="sshd", uid=0)
        feed(screen.app).now("read")
        await screen.until_text("/come/since")
        slot = feed(screen.app)._slots["read"]
        await screen.press("q")
        slot.taken = False
        screen.app.post_message(Pictured("read", None, 3))
        await screen.until(lambda: slot.taken)


async def test_a_row_without_a_number_leads_to_its_process() -> None:
    sources = FakeSources()
    async with shown((120, 30), sources) as screen:
        await opened(screen)
        await screen.press("f", *"pid:1211", "enter")
        await screen.until(lambda: len(area(screen.app).picture) == 1)
        sources.played.holds[1211] = held(1211, comm="gunicorn", uid=1000)
        feed(screen.app).now("read")
        await screen.until(lambda: "closed" in screen.text)
        await screen.press("enter")
        await screen.until(lambda: screen.app.main.whole is None)
        assert selected(screen) == 1211


async def test_one_that_has_ended_is_said_and_they_stay_on_the_screen() -> None:
    sources = FakeSources()
    sources.played.holds[4242] = held(4242, file(3, "/only/here"), comm="ghost")
    async with shown((120, 30), sources) as screen:
        await opened(screen)
        await screen.press("end", "enter")
        await screen.until_text("4242 is not shown in the tree")
        assert screen.app.main.whole is not None


async def test_a_letter_of_a_pane_shows_that_of_the_rows_process() -> None:
    async with shown((120, 30)) as screen:
        await opened(screen)
        await screen.press("f", *"comm:cron", "enter")
        await screen.until(lambda: len(area(screen.app).picture) == 2)
        await screen.press("b")
        await screen.until(lambda: screen.app.main.whole is None)
        assert selected(screen) == 655
        assert screen.app.main.panels[0].letter == "b"


async def test_keys_of_other_places_do_nothing_there() -> None:
    async with shown((120, 30)) as screen:
        await opened(screen)
        text = screen.text
        await screen.press("s", "z", "vertical_line", "ctrl+up", "x", "k", "f9")
        assert screen.text == text
        assert screen.opened == (False, False)
        await screen.press("f1")
        await screen.until_text("Help: machine", "who has it")
        await screen.press("escape")
        await screen.until_text("Files of all processes")
        await screen.press("ctrl+p")
        await screen.until_text("Command:")
        await screen.press("escape")
        assert screen.app.main.focused is area(screen.app)


async def test_who_has_it_is_asked_above_the_key_line() -> None:
    async with shown((120, 30)) as screen:
        await opened(screen)
        await screen.press("w")
        await screen.until_text("Who has 0 /dev/null")
        assert "Files of all processes" in screen.text
        await screen.press("escape")
        assert screen.app.main.focused is area(screen.app)
        screen.app.asides.stop()


async def test_groups_and_what_is_closed_meanwhile() -> None:
    sources = FakeSources()
    async with shown((120, 30), sources) as screen:
        await opened(screen)
        await screen.press("g", "g")
        await screen.until_text("ROWS  KIND", "regular  of 5 processes")
        await screen.press("enter")
        await screen.until_text("/var/log/nginx/error.log")
        del sources.played.holds[902]
        feed(screen.app).now("read")
        await screen.until_text("regular  of 4 processes")


async def test_what_it_may_not_read_is_counted() -> None:
    sources = FakeSources()
    sources.root = False
    sources.user = "deploy"
    async with shown((160, 45), sources) as screen:
        await opened(screen)
        assert "1 may not be read: as root they show; you are deploy" in screen.lines[-2]


async def test_a_fault_is_one_line_and_not_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: Looking) -> None:
        raise ZeroDivisionError("a fault made by the test")

    async with shown((120, 30)) as screen:
        monkeypatch.setattr(Looking, "step", broken)
        await screen.press("A")
        await screen.until_text("a fault made by the test")
        await screen.press("q")
        assert screen.app.main.area is screen.app.main.processes


@pytest.mark.parametrize("size", [(80, 24), (40, 10), (20, 5), (160, 45)])
async def test_at_every_size(size: tuple[int, int]) -> None:
    async with shown((120, 30)) as screen:
        await opened(screen)
        await screen.pilot.resize_terminal(*size)
        await screen.pilot.pause()
        assert screen.app.main.plan.whole is not None
        assert screen.app.main.plan.tree is None
        await screen.press("down", "q")
        assert screen.app.main.plan.whole is None
