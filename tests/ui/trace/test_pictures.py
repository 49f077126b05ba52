"""Pictures of a trace on the whole screen. `pytest tests/ui/trace/test_pictures.py --snapshot-update` makes them anew: look at each
before you keep it."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from explorer.model.batch import Batch, Kind
from explorer.model.missing import Missing, Reason
from explorer.ui.app import Explorer
from explorer.ui.preferences import Preferences
from explorer.ui.trace.session import Session
from tests.traces import nginx
from tests.ui.fakes import FAKE_PANES, FakeSources
from tests.ui.shown import Shown
from tests.ui.trace.fakes import session

Compare = Callable[..., bool]
WIDE, NARROW = (140, 40), (80, 24)
TRACE = ("tab", "tab")


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same terminal and the same time zone everywhere, and no time passes."""
    for name in ("NO_COLOR", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC"}.items():
        monkeypatch.setenv(name, value)
    time.tzset()
    monkeypatch.setattr("explorer.ui.trace.watched.Watched.rate", 12431.0)


def traced() -> Session:
    """Requests, and what else may happen."""
    made = session()
    made.log.append(nginx(389))
    batch, now = Batch(), 9_000_000
    batch.add(Kind.LOST, 0, 0, now, result=1204)
    batch.add(Kind.SIGNAL, 812, 812, now + 1000, 17)
    batch.add(Kind.EXITED, 813, 813, now + 2000, result=11)
    batch.add(Kind.NOTICE, 812, 812, now + 3000, payload=b"a child was not followed: it has more rights")
    made.log.append(batch)
    slow = nginx(5, 20)
    for row in range(len(slow)):
        slow.times[row] = now + 4000 + 10_000 * row
    slow.tooks[4] = 18_200_000
    made.log.append(slow)
    return made


async def settled(screen: Shown) -> None:
    """What is shown has everything that came."""
    trace = screen.app.main.trace
    table = trace.tables.get(trace.tab)
    if table is None or trace.session is None:
        await screen.until(lambda: trace.watched is None or not trace.watched.more)
        trace.catch_up()
    else:
        counting = table.counting(trace.session)
        await screen.until(lambda: not counting.more)
        table.show_now()


def picture(
    compare: Compare, size: tuple[int, int], *keys: str, theme: str = "dark", encoding: str = "utf-8", shown: Session | None = None
) -> bool:
    """Whether it looks as it did, after these keys."""
    panes = tuple(pane() for pane in FAKE_PANES)
    app = Explorer(FakeSources(), lambda: panes, preferences=Preferences(theme=theme), target="812", encoding=encoding)

    async def before(pilot: Pilot[Any]) -> None:
        screen = Shown(app, pilot)
        await screen.until(lambda: app.panes and app.state.process is not None and app.state.process.pid == 812)
        tree = app.main.processes
        tree.top = 0
        tree.reveal()
        tree.changed()
        app.main.trace.show(shown or traced())
        await screen.until(lambda: app.main.trace.is_attached and not app.main.trace.watched.more)  # type: ignore[union-attr]
        await pilot.pause()
        for key in keys:
            await screen.press(key)
            await settled(screen)
        await screen.until(lambda: all(panel.letter in panel._facts for panel in app.main.panels if panel.shown))
        if app.main.card.shown:
            await screen.until(lambda: app.main.card._facts is not None)
        await settled(screen)
        await pilot.pause()

    return compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", [WIDE, (160, 45), NARROW], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_trace_while_the_tree_has_the_keys(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert picture(snap_compare, size)


@pytest.mark.parametrize("theme", ["dark", "light", "ansi", "mono"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_one_call_opened(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    assert picture(snap_compare, size, *TRACE, "z", "up", "up", "enter", theme=theme)


@pytest.mark.parametrize("size", [WIDE, NARROW, (40, 10)], ids=["wide", "narrow", "small"])
def test_filtered(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert picture(snap_compare, size, *TRACE, "f", *"failed !read", "enter")


def test_searched(snap_compare: Compare) -> None:
    assert picture(snap_compare, WIDE, *TRACE, "slash", *"epoll", "enter")


def test_the_c_locale(snap_compare: Compare) -> None:
    assert picture(snap_compare, NARROW, *TRACE, "up", "enter", theme="mono", encoding="ascii")


def test_other_pane_narrow(snap_compare: Compare) -> None:
    assert picture(snap_compare, NARROW, "l")


def test_nothing_yet_and_refused(snap_compare: Compare) -> None:
    why = Missing(Reason.DENIED, "812 is traced by gdb (pid 900) already", "end gdb, or let it detach")
    assert picture(snap_compare, WIDE, shown=session("refused", why))


@pytest.mark.parametrize("size", [(160, 45), NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("tab", ["c", "a"], ids=["summary", "access"])
def test_tables(snap_compare: Compare, size: tuple[int, int], tab: str) -> None:
    assert picture(snap_compare, size, *TRACE, *(("tab",) if size[0] >= 160 else ()), tab, "down", "enter")


@pytest.mark.parametrize("tab", ["c", "a"], ids=["summary", "access"])
def test_tables_in_the_c_locale_without_colours(snap_compare: Compare, tab: str) -> None:
    assert picture(snap_compare, NARROW, *TRACE, tab, "z", "down", "enter", theme="mono", encoding="ascii")


def test_a_table_filtered_and_held(snap_compare: Compare) -> None:
    assert picture(snap_compare, WIDE, *TRACE, "c", "exclamation_mark", "space")


def test_help_of_a_table(snap_compare: Compare) -> None:
    assert picture(snap_compare, NARROW, *TRACE, "a", "f1")


def test_help(snap_compare: Compare) -> None:
    assert picture(snap_compare, NARROW, *TRACE, "f1")
