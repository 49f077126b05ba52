"""A Textual app drawn by our painter on our terminal: colours, redrawing, its faults and its end. Knows no area."""

import asyncio
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from explorer.ui.driver import Terminal, watch_exit
from explorer.ui.fault import Fault
from explorer.ui.keys import Background
from explorer.ui.lines import Lines
from explorer.ui.paint import Cell, Painter
from explorer.ui.preferences import Preferences
from explorer.ui.text import Pen
from explorer.ui.themes import choose, colours, theme

if TYPE_CHECKING:
    from explorer.ui.tty import Tty

FRAME: Final = 1 / 60
"""Seconds between two frames, at least."""


class Drawn(App[int], inherit_bindings=False, inherit_css=False):
    """tty: the terminal, None in tests without one. encoding: of the terminal's text; anything but UTF-8 is taken as ASCII."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, tty: "Tty | None", preferences: Preferences, encoding: str) -> None:
        self.preferences = preferences
        self._ascii = not encoding.lower().replace("-", "").startswith("utf")
        self.pen = self._made_pen()
        super().__init__(ansi_color=True)
        self._disable_tooltips = self._disable_notifications = True  # Textual's own widgets, which have colours of their own
        self.tty = tty
        self.painter = self._made_painter()
        self.fault: Fault | None = None
        """What ended the program."""
        self._skipped = False
        self._stale: dict[Lines, set[int]] = {}
        """Lines that are to be drawn anew with the next frame."""
        self.gathers = False
        """What is to be drawn just now can wait for FRAME: more will come that fits into the same frame."""
        self._framed = 0.0
        self._frame: asyncio.TimerHandle | None = None
        self._alone: tuple[object, dict[Lines, Region]] = None, {}
        """The areas over which nothing else lies, of which map of Textual's."""

    # in which colours

    def _made_pen(self) -> Pen:
        return Pen(theme(choose(self.preferences.theme, os.environ)), self._ascii)

    def _made_painter(self) -> Painter:
        most = {"mono": 1, "ansi": 16}.get(self.pen.theme.name, 1 << 24)
        return Painter(min(most, colours(os.environ)), "ascii" if self._ascii else "utf-8")

    def repaint(self) -> None:
        """Everything anew, in the present theme."""
        self.pen = self._made_pen()
        self.painter = self._made_painter()
        self.refresh_all()

    def refresh_all(self) -> None:
        """Draw the whole screen, whatever the terminal shows."""
        if self._running:
            self.painter.forget()
            self.screen.refresh(layout=True)

    def on_background(self, message: Background) -> None:
        """The terminal told its background, after the first frame."""
        if self.preferences.theme == "auto" and message.light != (self.pen.theme.name == "light"):
            os.environ["COLORFGBG"] = "0;15" if message.light else "15;0"
            self.repaint()

    def get_css_variables(self) -> dict[str, str]:
        """None: nothing here is drawn by CSS."""
        return {}

    # on our terminal

    def get_driver_class(self) -> Any:
        return self._made_driver

    def _made_driver(self, app: Any, **options: Any) -> Terminal:
        assert self.tty is not None
        driver = Terminal(app, self.tty, **options)
        driver.ask_background = self.preferences.theme == "auto" and self.painter.colours > 16
        driver.drained, driver.resumed, driver.end = self._drained, self.refresh_all, self.end
        return driver

    @property
    def terminal(self) -> Terminal | None:
        """The driver; None in tests without a terminal."""
        return self._driver if isinstance(self._driver, Terminal) else None

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Textual's frames through our painter. While the terminal has not taken the last one, none is made: the next one has it all."""
        terminal = self.terminal
        if terminal is None or not isinstance(renderable, CompositorUpdate):
            super()._display(screen, renderable)
            return
        if self._batch_count or self._exit or not self._running:
            return
        if terminal.busy:
            self._skipped = True
            return
        size = screen.size
        if (self.painter.columns, self.painter.rows) != size:
            self.painter.resize(*size)
            if not isinstance(renderable, LayoutUpdate):
                renderable = screen._compositor.render_full_update()
        terminal.send(self.painter.frame(_lines(renderable)))

    def redraw(self, area: Lines, lines: Iterable[int]) -> bool:
        """Draw these lines of the area, FRAME seconds after the last frame or later, past Textual, which would compose all areas.

        False where only Textual can: there is no terminal, or the area is not on the screen as it is.
        """
        if self.terminal is None or self._batch_count or area not in self._lying_alone():
            return False
        loop = asyncio.get_running_loop()
        due = max(self._framed + FRAME, loop.time() + FRAME * self.gathers)
        if self._frame is None or self._frame.when() > due:
            if self._frame is not None:
                self._frame.cancel()
            self._frame = loop.call_at(due, self._draw_stale)
        self._stale.setdefault(area, set()).update(lines)
        return True

    def _lying_alone(self) -> dict[Lines, Region]:
        visible = self.screen._compositor.visible_widgets
        if self._alone[0] is not visible:
            places = [(widget, region) for widget, (region, _) in visible.items() if widget is not self.screen]
            alone = {
                widget: region
                for widget, region in places
                if isinstance(widget, Lines) and not any(region.overlaps(other) for each, other in places if each is not widget)
            }
            self._alone = visible, alone
        return self._alone[1]

    def _draw_stale(self) -> None:
        stale, self._stale, self._frame = self._stale, {}, None
        self._framed = asyncio.get_running_loop().time()
        terminal = self.terminal
        if terminal is None or self._exit or not self._running:
            return
        if terminal.busy:
            self._skipped = True
            return
        alone, rows = self._lying_alone(), dict[int, list[tuple[int, list[Cell]]]]()
        fits = (self.painter.columns, self.painter.rows) == self.screen.size
        try:
            for area, lines in stale.items():
                region = alone.get(area)
                if fits and region is not None and area.drawn_for(region.size):
                    for y in (y for y in lines if y < region.height):  # it may have been higher when they changed
                        rows.setdefault(region.y + y, []).append((region.x, area.cells(y, self.painter)))
                else:
                    area.refresh()
            terminal.send(self.painter.frame(rows))
        except Exception as error:  # noqa: BLE001 as one in a callback of Textual's
            self._handle_exception(error)

    def _drained(self) -> None:
        if self._skipped:
            self._skipped = False
            self.screen.refresh()

    # its end

    def end(self, status: int = 0) -> None:
        """Leave now: the terminal is given back within a second, whatever hangs."""
        if self.tty is not None:
            watch_exit(self.tty, status)
        self.exit(status, return_code=status)

    def _handle_exception(self, error: Exception) -> None:
        """A fault that nobody caught ends the program with one line; the traceback goes to the log."""
        if self._exception is None:
            self._exception = error
            self.fault = Fault.of(error, "the screen")
            self._exception_event.set()
        self._return_code = 1
        self._close_messages_no_wait()


def _lines(update: CompositorUpdate) -> dict[int, list[tuple[int, Strip]]]:
    """Row → strips with their columns, of either of Textual's updates."""
    if isinstance(update, ChopsUpdate):
        return {y: [(x, strip) for x, strip in update.chops[y].items() if strip is not None] for y, _, _ in update.spans}
    assert isinstance(update, LayoutUpdate)
    rows: dict[int, list[tuple[int, Strip]]] = {}
    for y, strips in enumerate(update.strips, update.region.y):
        x, row = update.region.x, rows.setdefault(y, [])
        for strip in strips:
            row.append((x, strip))
            x += strip.cell_length
    return rows
