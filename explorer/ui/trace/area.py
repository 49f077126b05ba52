"""The trace area without its greater keys: one trace at a time, a line a call, going on or held still."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from explorer.decode.syscall.call import Style
from explorer.model.event import TraceEvent, Unfinished
from explorer.model.trace import Syscall
from explorer.render.piece import Line, Role, piece, plain
from explorer.render.strace import strace_text
from explorer.render.trace_line import Clock, Ruler, event_line, told
from explorer.trace.decoded import event_of
from explorer.ui.messages import Say
from explorer.ui.search import marked
from explorer.ui.themes import Look
from explorer.ui.trace.rows import Spot
from explorer.ui.trace.seek import Seek
from explorer.ui.trace.shown import Shown
from explorer.ui.trace.watched import Watched

if TYPE_CHECKING:
    from explorer.model.batch import Batch
    from explorer.ui.trace.session import Session

CLOCKS: Final[tuple[Clock, ...]] = ("absolute", "relative", "last")
CACHED: Final = 2000
RUSH: Final = 4
"""Where more than so many screens came since the last picture,"""
CALM: Final = 0.28
"""the next one waits so many seconds: nobody reads that, and over SSH a byte is a cost."""
BEAT: Final = 0.04
"""Seconds between two pieces of work that is left."""


class TraceArea(Shown):
    """The lines of the trace that is shown; see Shown for which that is."""

    TITLE = Look.PLAIN
    HEAD_MARK = "─"

    def __init__(self, changed_shown: Callable[[], object] = lambda: None) -> None:
        super().__init__(changed_shown)
        self.clock: Clock = "absolute"
        self._lines: dict[tuple[int, int], Line] = {}
        self._ruler = Ruler(0)
        self._seek: tuple[Seek, str] | None = None
        self._beating = self._late = False
        self._drawn_at, self._drawn_end = 0.0, 0

    def on_mount(self) -> None:
        self.set_interval(1.0, self._second)
        self.changed()

    # what it is told

    def told(self, session: "Session") -> None:
        """Its log, or its state, has changed."""
        watched = self.watched
        if session is not self.session or watched is None:
            return
        if (table := self.tables.get(self.tab)) is not None:
            table.told()
            return
        now = time.monotonic()
        if watched.following and now - self._drawn_at < CALM and watched.view.log.end - self._drawn_end > RUSH * self.body:
            watched.update()
            if watched.more:
                self.beat_soon()
            if not self._late and self.is_attached:
                self._late = True
                self.set_timer(CALM, self._draw_late)
            return
        self.catch_up()

    def _draw_late(self) -> None:
        self._late = False
        self.catch_up()

    def enter(self) -> None:
        """It is what is shown from now on."""
        watched = self.watched
        if watched is None:
            return
        self.selected, self.top = watched.selected, watched.top
        self._lines.clear()
        self._seek = None
        self.catch_up()

    def leave(self) -> None:
        """Something else is."""
        if (watched := self.watched) is not None:
            watched.selected, watched.top = self.selected, self.top

    def catch_up(self) -> None:
        """What came goes to the view; the selected row stays on its line, or the newest is the selected one."""
        watched = self.watched
        if watched is None:
            return
        spot = None if watched.following else self.spot()
        watched.update()
        self.settle(watched, spot)
        self._drawn_at, self._drawn_end = time.monotonic(), watched.view.log.end
        self.changed()
        if watched.more:
            self.beat_soon()

    def settle(self, watched: Watched, spot: Spot | None) -> None:
        if watched.following:
            self.selected = max(0, len(watched.rows) - 1)
            self.top = max(0, len(watched.rows) - self.body)
        elif spot is not None and (item := watched.rows.item(spot.key)) is not None:
            position = watched.rows.position(item, spot.inner)
            self.top += position - self.selected
            self.selected = position

    def _second(self) -> None:
        """Ages and rates go on although nothing comes."""
        if self.session is None or not self.session.running or not self.face.shown:
            return
        if (table := self.tables.get(self.tab)) is not None:
            table.told()
        else:
            self.catch_up()

    def beat_soon(self) -> None:
        if not self._beating and self.is_attached:
            self._beating = True
            self.set_timer(BEAT, self._beat)

    def _beat(self) -> None:
        self._beating = False
        self.go_on_seeking()
        if (watched := self.watched) is not None and watched.more:
            self.catch_up()
        if self._seek is not None:
            self.beat_soon()

    def go_on_seeking(self) -> None:
        """What is looked for is looked for a little further."""

    def filtered(self, watched: Watched) -> None:
        """The text of its filter has changed."""

    # Lines

    def header_line(self, columns: int) -> Line:
        watched = self.watched
        if watched is None or self.session is None:
            return ()
        search = ""
        if self._seek is not None:
            search = f"{self._seek[1]} {self._seek[0].progress:.0%}"
        elif watched.words:
            search = f"/{watched.words}"
        return self.head(columns, lambda told: told, search)

    def fixed_lines(self, columns: int) -> tuple[Line, ...]:
        watched, session = self.watched, self.session
        if watched is None or session is None:
            return ()
        return self.remarks(columns) if watched.rows.count else (*self.remarks(columns), *self.notes(columns))

    def row_count(self) -> int:
        return len(self.watched.rows) if self.watched is not None else 0

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:
        watched = self.watched
        if watched is None:
            raise IndexError(index)
        spot = watched.rows.at(index)
        line = watched.rows.opened[spot.key][spot.inner] if spot.inner >= 0 else self._line(watched, spot, columns)
        return " ", marked(line, watched.words) if watched.words else line

    def _line(self, watched: Watched, spot: Spot, columns: int) -> Line:
        ruler = Ruler(self.room(columns), self.clock, round(watched.session.since * 1e9), len(watched.tids) > 1)
        if ruler != self._ruler:
            self._ruler = ruler
            self._lines.clear()
        if spot.key < 0:
            flight = watched.rows.flights[spot.item - watched.rows.count]
            event = event_of(flight.rows, 0, watched.view.log.epoch, watched.view.log.call_of)
            age = time.monotonic_ns() - flight.since if watched.session.state == "live" else None
            return event_line(watched.session.named(event), ruler, age=age)
        before = self._time_before(watched, spot) if self.clock == "last" else 0
        line = self._lines.get((spot.key, before))
        if line is None:
            if len(self._lines) > CACHED:
                self._lines.clear()
            line = event_line(watched.session.named(watched.view.log.event(spot.key)), ruler, before or None)
            self._lines[spot.key, before] = line
        return line

    def _time_before(self, watched: Watched, spot: Spot) -> int:
        """When the row above began; 0 where there is none."""
        if not spot.item:
            return 0
        batch, row = watched.view.log.place(watched.rows.key(spot.item - 1))
        return batch.times[row] + watched.view.log.epoch

    def row_selected(self) -> None:
        """Who looks at an older line wants it to stay."""
        watched = self.watched
        if watched is not None and watched.following and self.selected < len(watched.rows) - 1:
            watched.hold()

    def scroll_lines(self, by: int) -> None:
        watched = self.watched
        if watched is not None and watched.following and by < 0:
            watched.hold()
        super().scroll_lines(by)

    def on_resize(self) -> None:
        watched = self.watched
        if watched is not None:
            self.reopen(watched)
            self.settle(watched, None if watched.following else self.spot())
        super().on_resize()

    def reopen(self, watched: Watched) -> None:
        """What is opened, at the present width."""

    def copy_line(self) -> str:
        """As strace writes it, whole."""
        watched, spot = self.watched, self.spot()
        if watched is None or spot is None:
            return ""
        if spot.inner >= 0:
            return plain(watched.rows.opened[spot.key][spot.inner]).strip(" │┌└")
        event = self.event(watched, spot.key)
        what = event.what
        call = what if isinstance(what, Syscall) else what.call if isinstance(what, Unfinished) else None
        return strace_text(call) if call is not None else plain(told(event))

    def copy_shell(self) -> str:
        session = self.session
        if session is None:
            return ""
        if session.targets:
            return "strace -f -y " + " ".join(f"-p {target.pid}" for target in session.targets)
        return f"procdive trace --open {session.label}" if session.state == "opened" else f"strace -f -y {session.label}"

    def action_clear(self) -> bool:
        """Escape: a search that runs, then what it marked, then filters one by one, then a refusal."""
        watched = self.watched
        if watched is None:
            return False
        if self._seek is not None:
            self._seek = None
        elif watched.words or watched.wrong:
            watched.words = watched.wrong = ""
        elif len(watched.filters) > 1:
            watched.filters.pop()
            self.filtered(watched)
        elif watched.session.state == "refused":
            self.closed(watched.session)
        else:
            return False
        self.changed()
        return True

    # where the selection is

    def spot(self) -> Spot | None:
        watched = self.watched
        try:
            return watched.rows.at(self.selected) if watched is not None else None
        except IndexError:
            return None

    def row_here(self) -> "tuple[Watched, Spot, Batch, int] | None":
        """The selected event, undecoded."""
        watched, spot = self.watched, self.spot()
        if watched is None or spot is None:
            return None
        if spot.key < 0:
            return watched, spot, watched.view.log.flights[-1 - spot.key].rows, 0
        return watched, spot, *watched.view.log.place(spot.key)

    def event(self, watched: Watched, key: int, *, verbose: bool = False) -> TraceEvent:
        log, style = watched.view.log, Style(watched.session.capture.string, verbose)
        if key < 0:
            return event_of(log.flights[-1 - key].rows, 0, log.epoch, log.call_of, style)
        return log.event(key, style)

    def call_name(self) -> str:
        """The selected call's."""
        watched, spot = self.watched, self.spot()
        if watched is None or spot is None:
            return ""
        what = self.event(watched, spot.key).what
        if isinstance(what, Unfinished):
            what = what.call
        return what.name if isinstance(what, Syscall) else ""

    def tell(self, text: str) -> None:
        self.post_message(Say((piece(text, Role.MIND),)))

    # keys: the view

    def action_hold(self) -> None:
        watched = self.watched
        if watched is None:
            return
        if watched.following:
            watched.hold()
            self.changed()
        else:
            self.action_follow()

    def action_follow(self) -> None:
        watched = self.watched
        if watched is not None:
            watched.go_on()
            self.catch_up()

    def action_last(self) -> None:
        self.action_follow()

    def action_clock(self) -> None:
        self.clock = CLOCKS[(CLOCKS.index(self.clock) + 1) % len(CLOCKS)]
        self.tell(
            {"absolute": "times of the day", "relative": "times since the trace began", "last": "times since the line above"}[self.clock]
        )
        self.changed()
