"""Calls opened and closed again below their lines."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from explorer.model.batch import Batch, Kind
from explorer.model.event import Unfinished
from explorer.model.trace import Syscall, Value
from explorer.render.piece import Line
from explorer.render.trace_line import Ruler
from explorer.render.trace_unfold import unfolded
from explorer.trace.tracer import STREAM
from explorer.ui.trace.area import TraceArea
from explorer.ui.trace.uses import About, about, call_at, history
from explorer.ui.trace.watched import Watched

HINTS: Final = "! failed only · < > other uses of it · h hide {name} · H only {name} · p without {pid}"


class Opening(TraceArea):
    """Of the trace area."""

    def row_clicked(self, index: int, column: int) -> None:  # noqa: ARG002
        self.action_enter()

    def action_enter(self) -> None:
        watched, spot = self.watched, self.spot()
        if watched is None:
            return
        if spot is None:
            self._take_lines(watched)
            return
        if spot.key in watched.rows.opened:
            del watched.rows.opened[spot.key]
        else:
            if spot.key >= 0:
                watched.hold()
            self._open(watched, spot.key)
        watched.rows.update()
        item = watched.rows.item(spot.key)
        if item is not None:
            self.selected = watched.rows.position(item)
            last = self.selected + len(watched.rows.opened.get(spot.key, ()))
            self.top = min(max(self.top, last - self.body + 1), self.selected)
        self.changed()

    def _take_lines(self, watched: Watched) -> None:
        """Where only counts are taken: lines too, from now on."""
        session = watched.session
        if session.running and "stream" not in session.capture.what:
            session.take_instead(replace(session.capture, what=session.capture.what | STREAM))
            self.changed()

    def _open(self, watched: Watched, key: int) -> None:
        log, columns = watched.view.log, max(20, self.size.width - 1)
        try:
            event = watched.session.named(self.event(watched, key, verbose=True))
            batch, row = log.place(key) if key >= 0 else (log.flights[-1 - key].rows, 0)
        except (IndexError, KeyError):
            watched.rows.opened.pop(key, None)
            return
        kind, pid = batch.kinds[row], batch.pids[row]
        named = event.what.call if isinstance(event.what, Unfinished) else event.what
        hints = HINTS.format(name=named.name, pid=pid) if isinstance(named, Syscall) else ""
        known: list[Line] = []
        subject, earlier = About(pid), None
        if key >= 0:
            if kind == Kind.CALL:
                subject = about(log, batch, row)
                known = history(log, key, subject, Ruler(columns - 18), watched.session.named)
            earlier = self._earlier(watched, key)
        elif kind == Kind.PENDING:
            subject = about(log, batch, row)
        read = reader(watched, batch, row) if kind <= Kind.PENDING else nothing
        watched.rows.opened[key] = unfolded(event, columns, read, subject.path, earlier, known, hints)

    def _earlier(self, watched: Watched, key: int) -> int | None:
        """When the call of the same thread before it began."""
        log = watched.view.log
        batch, row = log.place(key)
        tid = batch.tids[row]
        for place in range(key - 1, max(log.first - 1, key - 1000), -1):
            other, at = log.place(place)
            if other.tids[at] == tid and other.kinds[at] == Kind.CALL:
                return other.times[at] + log.epoch
        return None

    def reopen(self, watched: Watched) -> None:
        """What is opened, at the present width."""
        spot = self.spot()
        for key in tuple(watched.rows.opened):
            self._open(watched, key)
        watched.rows.update()
        if not watched.following:
            self.settle(watched, spot if spot is None or spot.inner < 0 else spot._replace(inner=-1))


def reader(watched: Watched, batch: Batch, row: int) -> Callable[[Value], bytes]:
    """The bytes of a call's buffers, as many as an engine takes."""
    call = call_at(watched.view.log, batch, row)
    most = watched.session.capture.string

    def read(value: Value) -> bytes:
        sent = call.entry.read(value.raw, most) if call.entry is not None else b""
        return sent or call.memory.read(value.raw, most)

    return read


def nothing(_value: Value) -> bytes:
    """Of what is no call."""
    return b""
