"""The widget that all areas are made of: lines with a selected row, drawn and sent only where they changed.

An area subclasses Lines and answers header_line, row_count, row_line and footer_line; after its facts have changed it
calls changed(), which asks for the visible rows, compares them with what stands on the screen and refreshes the lines that
differ. Nothing is laid out, and nothing is drawn where nothing changed. Column 0 is the gutter. Moving, scrolling, mouse
and the look of header and selection are done here.
"""

from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from explorer.render.piece import Line, plain
from explorer.ui.command import Command, bindings
from explorer.ui.fault import Fault
from explorer.ui.paint import Cell, Painter
from explorer.ui.text import PLAIN, Pen
from explorer.ui.themes import Look

MOVES: Final = (
    Command("up", "move(-1)", "up", palette=False),
    Command("down", "move(1)", "down", palette=False),
    Command("pageup", "page(-1)", "page up", palette=False),
    Command("pagedown", "page(1)", "page down", palette=False),
    Command("home", "first", "first row", palette=False),
    Command("end", "last", "last row", palette=False),
)
WHEEL: Final = 3
MANY_SCREENS: Final = 4
"""So many times what is on the screen is remembered of lines that were drawn."""

Drawn = tuple[str, Line, Look]
"""Mark in the gutter ("" where the line has no gutter), pieces, look."""


class Lines(Widget, can_focus=True, inherit_css=False):
    """See the module. Positions are rows of the area's own list; top is the first one visible, selected the current one."""

    COMMANDS: ClassVar[tuple[Command, ...]] = ()
    """What its keys do, besides moving; give BINDINGS = bindings(COMMANDS) too."""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(MOVES)]
    ALLOW_SELECT = False
    TITLE: ClassVar[Look] = Look.TITLE
    """How its header looks while another area has the keys."""
    SELECTS: ClassVar[bool] = True
    """Whether there is a selected row."""
    HEAD_MARK: ClassVar[str] = " "
    """What stands in the header's column 0."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.top = 0
        self.selected = 0
        self._drawn: list[Drawn] = []
        self._strips: dict[int, Strip] = {}
        self._pen: Pen = PLAIN
        self._inked: tuple[object, dict[Drawn, list[Cell]]] = None, {}
        """Cells of lines that were drawn lately, and for what they were made."""
        self._keys = False
        self.shown = True
        """Whether it is on the screen; the screen says so, and nothing is composed while it is not."""

    @property
    def place(self) -> str:
        """Which place on the screen it stands in: its id, where that is not shared."""
        return self.id or ""

    # what an area answers

    def header_line(self, columns: int) -> Line:  # noqa: ARG002
        """The titles above the rows, without the gutter."""
        return ()

    def fixed_lines(self, columns: int) -> tuple[Line, ...]:  # noqa: ARG002
        """Lines between header and rows that do not scroll."""
        return ()

    def row_count(self) -> int:
        """How many rows there are."""
        return 0

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:  # noqa: ARG002
        """Row index: the sign in its gutter (" " for none) and its pieces, at most so many columns."""
        raise IndexError(index)

    def footer_line(self, columns: int) -> Line:  # noqa: ARG002
        """The last line, without the gutter."""
        return ()

    @property
    def has_header(self) -> bool:
        """Whether there is a header: where the area says what it is."""
        return type(self).header_line is not Lines.header_line

    @property
    def has_footer(self) -> bool:
        """Likewise for the last line."""
        return type(self).footer_line is not Lines.footer_line

    def row_selected(self) -> None:
        """Called after the selection moved by key or mouse."""

    def header_clicked(self, column: int) -> None:
        """The header was clicked, in this column of the line that header_line gave."""

    def row_clicked(self, index: int, column: int) -> None:
        """A row was clicked that was selected already."""

    def copy_line(self) -> str:
        """What `y` copies: the selected row, exact."""
        return plain(self.row_line(self.selected, max(1, self.size.width - 1))[1]).strip() if self.row_count() else ""

    def copy_shell(self) -> str:
        """What `Y` copies: the shell command that shows the same; "" where there is none."""
        return ""

    def action_clear(self) -> bool:
        """Escape was pressed: take back one thing (a filter, a search) and say so; False where there is nothing."""
        return False

    # what it is told

    def show_again(self, shown: bool) -> None:
        """It is on the screen from now on, or not."""
        if shown and not self.shown:
            self._drawn = []
        self.shown = shown

    @property
    def pen(self) -> Pen:
        """How to draw; the screen's own (App.pen), else plain."""
        return getattr(self.app, "pen", PLAIN)

    @property
    def has_keys(self) -> bool:
        """Whether its header is the reversed one. The prompt's owner keeps its header while a person types into it."""
        return (self.is_attached and self.screen.focused is self) or getattr(self.app, "owner", None) is self

    @property
    def body(self) -> int:
        """How many rows fit."""
        return self._frame()[1]

    def _frame(self) -> tuple[int, int, bool]:
        """Lines above the rows, rows that fit, whether there is a footer."""
        columns, lines = self.outer_size
        head = int(lines > 0 and self.has_header)
        fixed = len(self.fixed_lines(max(0, columns - 1)))
        if lines > head + fixed:
            head += fixed
        footer = lines > 1 + head and self.has_footer
        return head, max(0, lines - head - footer), footer

    def changed(self) -> None:
        """The facts have changed: draw the lines that differ."""
        columns, lines = self.outer_size
        if not lines or not columns or not self.shown:
            return
        self._clamp()
        drawn = self._compose_lines(columns, lines)
        if self.pen is not self._pen or len(drawn) != len(self._drawn):
            self._pen = self.pen
            self._strips.clear()
            self._drawn = drawn
            self.refresh()
            return
        stale = [y for y, (new, old) in enumerate(zip(drawn, self._drawn, strict=True)) if new != old]
        if not stale:
            return
        self._drawn = drawn
        for y in stale:
            self._strips.pop(y, None)
        redraw = getattr(self.app, "redraw", None)
        if redraw is None or not redraw(self, stale):
            self.refresh(*(Region(0, y, columns, 1) for y in stale))

    def _compose_lines(self, columns: int, lines: int) -> list[Drawn]:
        inner = max(0, columns - 1)
        head, rows, footer = self._frame()
        drawn: list[Drawn] = []
        self._keys = self.has_keys
        if head and self.has_header:
            drawn.append((self.HEAD_MARK, self.header_line(inner), Look.HEADER if self._keys else self.TITLE))
        if head > len(drawn):
            drawn.extend((" ", line, Look.PLAIN) for line in self.fixed_lines(inner))
        count = self.row_count()
        for index in range(self.top, min(self.top + rows, count)):
            drawn.append(self._row(index, inner))
        drawn.extend(BLANK for _ in range(head + rows - len(drawn)))
        if footer:
            drawn.append((" ", self.footer_line(inner), Look.PLAIN))
        return drawn[:lines]

    def _row(self, index: int, columns: int) -> Drawn:
        try:
            mark, line = self.row_line(index, columns)
        except Exception as error:  # noqa: BLE001 a row that cannot be drawn must not end the screen
            mark, line = " ", Fault.of(error, f"area {self.id}").line
        if index != self.selected or not self.SELECTS:
            return mark, line, Look.PLAIN
        if self._keys:
            return mark, line, Look.SELECTED
        return (">" if mark == " " else mark), line, Look.CHOSEN

    def _clamp(self) -> None:
        count, body = self.row_count(), self.body
        self.selected = max(0, min(self.selected, count - 1))
        self.top = max(0, min(self.top, count - body))

    # moving

    def select(self, index: int) -> None:
        """Select a row and scroll as little as needed to see it."""
        count, body = self.row_count(), self.body
        self.selected = max(0, min(index, count - 1))
        self.reveal()
        self.changed()
        if body:
            self.row_selected()

    def reveal(self) -> None:
        """Scroll as little as needed to see the selected row; draws nothing."""
        body = self.body
        self.top = max(min(self.top, self.selected), self.selected - body + 1, 0)

    def scroll_lines(self, by: int) -> None:
        """Scroll without moving the selection."""
        self.top += by
        self.changed()

    def action_move(self, by: int) -> None:
        self.select(self.selected + by)

    def action_page(self, by: int) -> None:
        self.select(self.selected + by * max(1, self.body - 1))

    def action_first(self) -> None:
        self.select(0)

    def action_last(self) -> None:
        self.select(self.row_count() - 1)

    # Textual's events

    def on_resize(self) -> None:
        self.reveal()
        self.changed()

    def on_focus(self) -> None:
        self.changed()

    def on_blur(self) -> None:
        self.changed()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_lines(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_lines(-WHEEL)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        head, rows, _ = self._frame()
        column, y = event.x - 1, event.y - head
        if y < 0:
            if event.y == 0:
                self.header_clicked(column)
        elif y < rows and self.top + y < self.row_count():
            index = self.top + y
            if index == self.selected:
                self.row_clicked(index, column)
            else:
                self.select(index)

    # drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        if len(self._drawn) != self.outer_size.height or self.pen is not self._pen:
            self._pen = self.pen
            self._strips.clear()
            self._clamp()
            self._drawn = self._compose_lines(*self.outer_size)
        strips = [self._strip(y) for y in range(crop.y, crop.bottom)]
        return strips if (crop.x, crop.width) == (0, self.outer_size.width) else [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        return self._strip(y)

    def drawn_for(self, size: Size) -> bool:
        """Whether what is drawn is for this size, in the present colours."""
        return len(self._drawn) == size.height and self.outer_size == size and self.pen is self._pen

    def cells(self, y: int, painter: Painter) -> list[Cell]:
        """Line y as it goes to the terminal: what render_line(y) says, without Textual. The same list for a line that only moved."""
        columns, drawn = self.outer_size.width, self._drawn[y]
        if self._inked[0] != (painter, self._pen, columns) or len(self._inked[1]) > MANY_SCREENS * len(self._drawn):
            self._inked = (painter, self._pen, columns), {}
        known = self._inked[1]
        cells = known.get(drawn)
        if cells is None:
            mark, line, look = drawn
            cells = known[drawn] = painter.cells(self._pen.runs(line, columns, look, mark), columns)
        return cells

    def _strip(self, y: int) -> Strip:
        strip, columns = self._strips.get(y), self.outer_size.width
        if strip is None or strip.cell_length != columns:
            mark, line, look = self._drawn[y] if y < len(self._drawn) else BLANK
            strip = self._strips[y] = self._pen.strip(line, columns, look, mark)
        return strip

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return container.height


BLANK: Final[Drawn] = ("", (), Look.PLAIN)
