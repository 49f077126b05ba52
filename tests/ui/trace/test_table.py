"""What the tables of a trace have in common: when they are drawn anew, which session they show, a fault of theirs."""

import pytest

from explorer.ui.trace import table
from explorer.ui.trace.summary import SummaryTable
from tests.traces import nginx
from tests.ui.trace.fakes import session, tabled

pytestmark = pytest.mark.usefixtures("utc")


async def test_figures_are_drawn_anew_after_a_while_and_not_at_every_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "REFRESH", 0.3)
    async with tabled("summary") as area:
        made: list[int] = []
        rebuild = area.table._rebuild

        def counted() -> None:
            made.append(1)
            rebuild()

        monkeypatch.setattr(area.table, "_rebuild", counted)
        area.table.show_now()
        for at in range(20):
            area.panel.session.log.append(nginx(4, 60 + at))  # type: ignore[union-attr]
            area.panel.told(area.panel.session)  # type: ignore[arg-type]
        assert made == [1]
        await area.until(lambda: len(made) == 2)
        assert area.table.amounts()[0] >= 3


async def test_the_shown_traces_own_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    async with tabled("summary") as area:
        area.panel.show(session(label="813 nginx"), "summary")
        area.stage.turn()
        await area.settle()
        assert "nothing yet" in "\n".join(area.lines)
        await area.press("left", "left")
        assert area.panel.session is area.panel.sessions[0]
        assert "epoll_wait" in "\n".join(area.lines)
        monkeypatch.undo()


async def test_rows_are_counted_a_little_at_a_time_and_the_header_says_how_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "WORK", 0.0)
    monkeypatch.setattr(table, "BEHIND", 100)
    async with tabled("trace", rows=4000) as area:
        await area.press("c")
        assert "counts 0%" in area.lines[0]
        monkeypatch.setattr(table, "WORK", 1.0)
        await area.settle()
        assert "counts" not in area.lines[0]
        assert area.table.standing is not None


async def test_a_fault_of_a_table_does_not_end_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    async with tabled("summary") as area:

        def broken(*_: object) -> None:
            raise ZeroDivisionError("made by the test")

        monkeypatch.setattr(SummaryTable, "sheet", broken)
        area.table.show_now()
        assert "ZeroDivisionError" in "\n".join(mark + "".join(part.text for part in line) for mark, line, _ in area.table._drawn)


async def test_what_is_not_shown_is_not_counted() -> None:
    async with tabled("summary") as area:
        shown = area.panel.session
        assert shown is not None
        assert shown.summary is not None
        await area.press("t")
        shown.log.append(nginx(80, 60))
        area.panel.told(shown)
        assert shown.summary.more
        await area.press("c")
        await area.settle()
        assert not shown.summary.more
