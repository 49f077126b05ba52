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
from explorer.ui.lines import Lines
from explorer.ui.messages import SaveTrace, Say
from explorer.ui.search import marked
from explorer.ui.themes import Look
from explorer.ui.trace.empty import notes
from explorer.ui.trace.header import header
from explorer.ui.trace.rows import Spot
from explorer.ui.trace.seek import Seek
from explorer.ui.trace.watched import Watched

if TYPE_CHECKING:
    from explorer.model.batch import Batch
    from explorer.ui.trace.session import Session

CLOCKS: Final[tuple[Clock, ...]] = ("absolute", "relative", "last")
CACHED: Final = 2000
ASCII_SPARE: Final = 8
"""Columns: for three cuts, µ and a sign."""
RUSH: Final = 4
"""Where more than so many screens came since the last picture,"""
CALM: Final = 0.28
"""the next one waits so many seconds: nobody reads that, and over SSH a byte is a cost."""
BEAT: Final = 0.04
"""Seconds between two pieces of work that is left."""


class TraceArea(Lines):
    """sessions: all that can be shown; session: the one that is, None where there is none. changed_shown: called when there is one
    from now on, or none any more."""

    TITLE = Look.PLAIN
    HEAD_MARK = "─"

    def __init__(self, changed_shown: Callable[[], object] = lambda: None) -> None:
        super().__init__(id="trace")
        self.sessions: list[Session] = []
        self.session: Session | None = None
        self.clock: Clock = "absolute"
        self.beside: Callable[[int], bool] = lambda _by: False
        """Called past the last tab: whether the keys went elsewhere."""
        self._changed_shown = changed_shown
        self._watched: dict[int, Watched] = {}
        self._lines: dict[tuple[int, int], Line] = {}
        self._ruler = Ruler(0)
        self._places: list[tuple[int, int, int]] = []
        self._seek: tuple[Seek, str] | None = None
        self._beating = self._late = False
        self._drawn_at, self._drawn_end = 0.0, 0

    def on_mount(self) -> None:
        self.set_interval(1.0, self._second)
        self.changed()

    # what it is told

    @property
    def watched(self) -> Watched | None:
        """How the shown one is looked at."""
        return self._watched.get(id(self.session)) if self.session is not None else None

    def show(self, session: "Session") -> None:
        """Show this one."""
        for each in [each for each in self.sessions if each.state == "refused" and each is not session]:
            self._forget(each)
        if session not in self.sessions:
            self.sessions.append(session)
            self._watched[id(session)] = Watched(session)
        self._leave()
        self.session = session
        watched = self._watched[id(session)]
        self.selected, self.top = watched.selected, watched.top
        self._lines.clear()
        self._seek = None
        self._changed_shown()
        self.catch_up()

    def told(self, session: "Session") -> None:
        """Its log, or its state, has changed."""
        watched = self.watched
        if session is not self.session or watched is None:
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

    def closed(self, session: "Session") -> None:
        """It is forgotten: show the one beside it, or nothing."""
        if session in self.sessions:
            at = self.sessions.index(session)
            self._forget(session)
            if session is self.session:
                self.session = None
                if self.sessions:
                    self.show(self.sessions[min(at, len(self.sessions) - 1)])
        self._changed_shown()
        self.changed()

    def _forget(self, session: "Session") -> None:
        self.sessions.remove(session)
        self._watched.pop(id(session), None)

    def _leave(self) -> None:
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
        if self.shown and self.session is not None and self.session.state in {"attaching", "live"}:
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
        names = [session.label for session in self.sessions]
        line, self._places = header(names, self.sessions.index(self.session), watched.told(search), self._room(columns))
        return line

    def fixed_lines(self, columns: int) -> tuple[Line, ...]:
        watched, session = self.watched, self.session
        if watched is None or session is None or watched.rows.count:
            return ()
        return notes(session, watched.view, columns)

    def row_count(self) -> int:
        return len(self.watched.rows) if self.watched is not None else 0

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:
        watched = self.watched
        if watched is None:
            raise IndexError(index)
        spot = watched.rows.at(index)
        line = watched.rows.opened[spot.key][spot.inner] if spot.inner >= 0 else self._line(watched, spot, columns)
        return " ", marked(line, watched.words) if watched.words else line

    def _room(self, columns: int) -> int:
        """Signs may become longer where there is ASCII only, and the end of a line must stay."""
        return max(1, columns - ASCII_SPARE) if self.pen.ascii else columns

    def _line(self, watched: Watched, spot: Spot, columns: int) -> Line:
        ruler = Ruler(self._room(columns), self.clock, round(watched.session.since * 1e9), len(watched.tids) > 1)
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

    def header_clicked(self, column: int) -> None:
        for start, end, index in self._places:
            if start <= column < end:
                self.show(self.sessions[index])

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

    def action_turn(self, by: int) -> None:
        if self.session is None:
            return
        at = self.sessions.index(self.session) + by
        if 0 <= at < len(self.sessions):
            self.show(self.sessions[at])
        elif not self.beside(by) and len(self.sessions) > 1:
            self.show(self.sessions[at % len(self.sessions)])

    def action_save(self) -> None:
        if self.session is not None:
            self.post_message(SaveTrace(self.session))
