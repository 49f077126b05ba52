"""The keys that work everywhere, on the standing machine."""

import pytest

from explorer.render.piece import piece
from explorer.ui.messages import Say
from explorer.ui.panel import Panel
from explorer.ui.state import State
from explorer.ui.themes import Look
from tests.ui.shown import Shown, shown


async def test_the_screen_at_80x24_is_the_sketch() -> None:
    async with shown() as screen:
        lines = screen.lines
        assert lines[0].startswith(" web1 load 0.42  cpu 26%  mem 3.1/24G  18 procs  3 run  1 blocked")
        assert lines[0].endswith("root")
        assert "PID▲USER" in lines[1]
        assert lines[2].startswith("     1 root       0.0   12M S systemd")
        assert lines[10].startswith("──")
        assert lines[10].endswith("root · sleeping · 20 min ─")
        assert lines[11].startswith(" 1 systemd")
        assert lines[13].startswith(" now epoll_wait(8<eventpoll, 5 watched>")
        assert lines[14].startswith("─ l Files 8")
        assert lines[23] == " F1 help / find F4 filter s trace l files b stack Enter panes z zoom q quit"


async def test_q_goes_back_one_level_and_quits_only_from_the_tree() -> None:
    async with shown() as screen:
        main = screen.app.main
        await screen.press("l", "z")
        assert screen.app.state.zoomed == "first"
        await screen.press("f1")
        assert screen.opened == (False, True)
        await screen.press("q")
        assert screen.opened == (False, False)
        await screen.press("q")
        assert screen.app.state.zoomed == ""
        assert main.area is main.panels[0]
        await screen.press("q")
        assert main.area is main.processes
        assert screen.app._exit is False
        await screen.press("q")
        assert screen.app.return_code == 0
        assert screen.app._exit is True


@pytest.mark.parametrize("key", ["f10", "ctrl+c"])
async def test_f10_and_ctrl_c_quit_from_anywhere(key: str) -> None:
    async with shown() as screen:
        await screen.press("f4", "a", key)
        assert screen.app._exit is True


async def test_ctrl_q_stays_the_terminals() -> None:
    async with shown() as screen:
        await screen.press("ctrl+q")
        assert screen.app._exit is False


async def test_the_letter_of_a_pane_opens_it_from_the_tree_and_from_panes() -> None:
    async with shown() as screen:
        main = screen.app.main
        await screen.press("b")
        await screen.until_text("epoll_wait(8, …)")
        assert main.area is main.panels[0]
        await screen.press("v")
        await screen.until_text("mapping 3")
        await screen.press("left")
        await screen.until_text("1 nginx  S epoll_wait")


async def test_enter_gives_the_keys_to_the_panes_and_tab_goes_round() -> None:
    async with shown((160, 45)) as screen:
        main = screen.app.main
        await screen.press("enter")
        assert main.area is main.panels[0]
        await screen.press("tab")
        assert main.area is main.panels[1]
        await screen.press("tab")
        assert main.area is main.processes
        await screen.press("shift+tab")
        assert main.area is main.panels[1]


async def test_a_jump_goes_to_the_other_end_and_backspace_comes_back() -> None:
    async with shown((140, 40), target="812") as screen:
        await screen.until(lambda: screen.app.state.process is not None and screen.app.state.process.pid == 812)
        await screen.press("l", "down", "down", "down", "down", "enter")
        assert "pos:    6" in screen.text
        await screen.press("enter")
        await screen.until(lambda: screen.app.state.process is not None and screen.app.state.process.pid == 811)
        await screen.until_text("811 nginx: master")
        panel = screen.app.main.area
        assert isinstance(panel, Panel)
        await screen.until(lambda: (row := panel.current()) is not None and row.key == "6")
        await screen.press("backspace")
        await screen.until(lambda: screen.app.state.process is not None and screen.app.state.process.pid == 812)
        await screen.press("backspace")
        await screen.until_text("no jump to come back from")


async def test_what_is_said_stands_until_the_next_key() -> None:
    async with shown() as screen:
        screen.app.post_message(Say((piece("done here"),)))
        await screen.until_text("done here")
        await screen.press("down")
        assert "done here" not in screen.text


async def test_while_a_question_is_open_no_other_key_does_anything() -> None:
    async with shown() as screen:
        main = screen.app.main
        await screen.press("f9")
        await screen.until_text("Send to 1 systemd")
        await screen.press("l", "b", "z", "tab", "Z", "f2", "ctrl+p", "y")
        assert screen.opened == (True, False)
        assert screen.app.state.zoomed == ""
        assert not screen.app.state.paused
        assert main.area is main.processes
        await screen.press("escape")
        assert screen.opened == (False, False)
        assert main.focused is main.processes


async def test_pause_stops_the_feed_and_says_so() -> None:
    async with shown() as screen:
        await screen.press("Z")
        assert "‖ paused" in screen.lines[0]
        await screen.beat()
        before = screen.app.subject.sources.tables  # type: ignore[attr-defined]
        await screen.beat()
        assert screen.app.subject.sources.tables == before  # type: ignore[attr-defined]
        await screen.press("Z")
        assert "‖ paused" not in screen.lines[0]


async def test_copying_says_what_was_copied() -> None:
    async with shown() as screen:
        await screen.press("l", "y")
        await screen.until_text("copied the line: /dev/null")
        await screen.press("Y")
        await screen.until_text("copied the shell command: ls -l /proc/1/fd")


async def test_locks_open_files_from_the_tree_with_only_those() -> None:
    async with shown() as screen:
        await screen.press("x")
        await screen.until_text("Files 1")
        assert "eventpoll" not in screen.text.split("Files 1")[1]


async def test_a_key_of_one_pane_does_nothing_in_another() -> None:
    async with shown() as screen:
        await screen.press("b", "t")
        await screen.until_text("S grouped")
        await screen.press("l", "t")
        assert screen.app.main.panels[0].options.get("l", set()) == set()


@pytest.mark.parametrize("target", ["nginx", "812", "backup.py"])
async def test_opened_on_a_process(target: str) -> None:
    async with shown(target=target) as screen:
        wanted = {"nginx": 811, "812": 812}.get(target)
        if wanted is None:
            await screen.until_text("no process backup.py here")
        else:
            await screen.until(lambda: screen.app.state.process is not None and screen.app.state.process.pid == wanted)


async def test_the_pen_of_each_theme_reaches_every_area(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    async with shown() as screen:
        assert screen.app.pen.theme.name == "dark"
        screen.app.preferences.theme = "light"
        screen.app._preferred()
        await screen.pilot.pause()
        assert screen.app.pen.theme.name == "light"
        assert all(area._pen is screen.app.pen for area in (screen.app.main.processes, screen.app.main.panels[0], screen.app.main.keys))


def headers(screen: Shown) -> int:
    """How many lines are drawn as the header of the area that has the keys."""
    main = screen.app.main
    areas = [main.top_line, main.processes, main.card, *main.panels, main.keys, *([main.asked] if main.asked else [])]
    visible = [area for area in areas if area in main._compositor.visible_widgets]
    return sum(look is Look.HEADER for area in visible for _, _, look in area._drawn)


@pytest.mark.parametrize("keys", [(), ("enter",), ("enter", "tab"), ("slash", "a"), ("f9",), ("f2",), ("z",), ("ctrl+p",)])
@pytest.mark.parametrize("size", [(80, 24), (160, 45), (40, 10)])
async def test_exactly_one_header_is_reversed(keys: tuple[str, ...], size: tuple[int, int]) -> None:
    async with shown(size) as screen:
        await screen.press(*keys)
        await screen.until(lambda: headers(screen) == 1)


async def test_how_the_tree_stands_is_kept_at_the_end() -> None:
    state = State(sort="cpu", descending=True)
    async with shown(state=state) as screen:
        view = screen.app.subject.tree.outline.view
        assert (view.sort, view.descending, view.flat) == ("cpu", True, False)
        await screen.press("f5", "M")
        screen.app.end()
    assert (state.sort, state.flat) == ("rss", True)
