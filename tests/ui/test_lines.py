"""The widget that all areas are made of: it draws what changed, scrolls by itself, and stands any size."""

from typing import Any

from textual.app import App, ComposeResult
from textual.geometry import Region

from explorer.render.piece import Line, line, piece
from explorer.ui.lines import Lines
from explorer.ui.themes import Look


class Counted(Lines):
    """rows: texts. asked: which rows were asked for. sent: which lines were refreshed."""

    def __init__(self, rows: list[str]) -> None:
        super().__init__()
        self.rows = rows
        self.asked: list[int] = []
        self.sent: list[Region] = []
        self.clicked: list[tuple[str, int]] = []

    def header_line(self, columns: int) -> Line:
        return line("TITLE")

    def footer_line(self, columns: int) -> Line:
        return line("foot")

    def row_count(self) -> int:
        return len(self.rows)

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:
        self.asked.append(index)
        if self.rows[index] == "bad":
            raise KeyError("a fault made by the test")
        return "+" if index == 1 else " ", (piece(self.rows[index]),)

    def refresh(self, *regions: Region, **options: Any) -> Any:
        self.sent += regions
        return super().refresh(*regions, **options)

    def header_clicked(self, column: int) -> None:
        self.clicked.append(("header", column))

    def row_clicked(self, index: int, column: int) -> None:
        self.clicked.append(("row", index))


class Bare(App[None]):
    """An app with nothing that ours has: the plain pen is used."""

    CSS = "Counted { height: 1fr; }"

    def __init__(self, area: Counted) -> None:
        super().__init__()
        self.area = area

    def compose(self) -> ComposeResult:
        yield self.area


def texts(app: App[Any]) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


async def test_header_rows_footer_and_gutter() -> None:
    app = Bare(Counted(["a", "b", "c"]))
    async with app.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        assert texts(app) == [" TITLE", " a", "+b", " c", "", " foot"]


async def test_only_lines_that_differ_are_refreshed() -> None:
    area = Counted([f"row {number}" for number in range(100)])
    async with Bare(area).run_test(size=(20, 12)) as pilot:
        await pilot.pause()
        area.sent.clear()
        area.changed()
        assert area.sent == []
        area.rows[3] = "new"
        area.changed()
        assert area.sent == [Region(0, 4, 20, 1)]


async def test_only_visible_rows_are_asked_for() -> None:
    area = Counted([f"row {number}" for number in range(100_000)])
    async with Bare(area).run_test(size=(20, 12)) as pilot:
        await pilot.pause()
        area.asked.clear()
        await pilot.press("end")
        assert area.selected == 99_999
        assert min(area.asked) == 99_990
        assert set(area.asked) == set(range(99_990, 100_000))


async def test_moving_scrolls_as_little_as_needed() -> None:
    area = Counted([f"row {number}" for number in range(100)])
    async with Bare(area).run_test(size=(20, 12)) as pilot:
        for key, selected, top in (
            ("down", 1, 0), ("pagedown", 10, 1), ("pagedown", 19, 10), ("up", 18, 10), ("pageup", 9, 9), ("end", 99, 90), ("down", 99, 90),
            ("home", 0, 0), ("up", 0, 0),
        ):  # fmt: skip
            await pilot.press(key)
            assert (area.selected, area.top) == (selected, top), key


async def test_rows_that_went_away_take_the_selection_to_the_last_one() -> None:
    area = Counted([f"row {number}" for number in range(100)])
    async with Bare(area).run_test(size=(20, 12)) as pilot:
        await pilot.press("end")
        area.rows = area.rows[:5]
        area.changed()
        assert (area.selected, area.top) == (4, 0)
        area.rows = []
        area.changed()
        await pilot.press("down", "up", "end", "pageup")
        assert area.top == 0


async def test_a_row_that_cannot_be_drawn_is_one_line_that_says_so() -> None:
    app = Bare(Counted(["a", "bad", "c"]))
    async with app.run_test(size=(70, 6)) as pilot:
        await pilot.pause()
        assert texts(app)[2].startswith(" A fault of procdive itself in area")
        assert texts(app)[3] == " c"


async def test_clicks_and_the_wheel() -> None:
    area = Counted([f"row {number}" for number in range(100)])
    async with Bare(area).run_test(size=(20, 12)) as pilot:
        await pilot.click(Counted, offset=(3, 0))
        await pilot.click(Counted, offset=(3, 5))
        assert area.selected == 4
        await pilot.click(Counted, offset=(3, 5))
        assert area.clicked == [("header", 2), ("row", 4)]
        area.scroll_lines(3)
        assert (area.selected, area.top) == (4, 3)
        area.scroll_lines(-50)
        assert area.top == 0


async def test_looks_of_header_and_selection_follow_the_keys() -> None:
    area = Counted(["a", "b"])
    async with Bare(area).run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        assert [look for _, _, look in area._drawn] == [Look.HEADER, Look.SELECTED, Look.PLAIN, Look.PLAIN, Look.PLAIN]
        area.screen.set_focus(None)
        await pilot.pause()
        assert [look for _, _, look in area._drawn] == [Look.TITLE, Look.CHOSEN, Look.PLAIN, Look.PLAIN, Look.PLAIN]
        assert area._drawn[1][0] == ">"


async def test_any_size_is_drawn() -> None:
    app = Bare(Counted(["a", "bb", "漢字"]))
    async with app.run_test(size=(20, 6)) as pilot:
        for size in ((1, 1), (2, 1), (1, 2), (3, 2), (200, 1), (20, 6)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert len(texts(app)) == size[1]
        assert texts(app)[0] == " TITLE"
