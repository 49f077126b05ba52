"""The summary that is made of a trace: counted as it comes, drawn anew where somebody looks, printed in the end."""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from explorer.cli.output import Output
from explorer.cli.tracing.asked import Asked
from explorer.cli.tracing.counts import countable, first, wanted
from explorer.cli.tracing.live import Live, size
from explorer.cli.tracing.names import Names
from explorer.cli.tracing.wish import Wish
from explorer.model.batch import Batch, Kind
from explorer.model.summary import Counted
from explorer.render.histogram import histogram
from explorer.render.piece import Line, Role, piece
from explorer.render.summary import layout, remarks, table
from explorer.render.summary_record import summary_record
from explorer.render.width import fit
from explorer.resolve.system import System
from explorer.trace.matching import Matcher
from explorer.trace.saved import Opened
from explorer.trace.summary import Summary
from explorer.trace.tracer import Tracer

NS: Final = 1e9


class Sums:
    """live: where it is drawn while it grows. system: None where the trace was kept, and its processes are not of now. where, out,
    head: as of cli.tracing.lines.Lines. mute: somebody else says what the engine has to say."""

    def __init__(
        self, wish: Wish, asked: Asked, live: Live, system: System | None, where: Output, out: Output, head: Mapping[str, Any],
        *, mute: bool = False,
    ) -> None:  # fmt: skip
        self.mute = mute
        self.wish, self.asked, self.live, self.where, self.out = wish, asked, live, where, out
        self.head = head
        self.over = False
        self.ends: dict[int, int] = {}
        some = countable(wish.filter) and not wish.filter.everything
        self.summary = Summary(wanted=partial(wanted, wish.filter) if some else None)
        self.names = Names(system)
        self._matcher: Matcher | None = None
        self._began = time.monotonic()
        self._notices: list[str] = []
        self._last = 0
        self.engine = str(head.get("engine", ""))

    @property
    def enough(self) -> bool:
        """As many calls as were asked for."""
        return self.wish.events is not None and self.summary.calls >= self.wish.events

    def take(self, batch: Batch, tracer: Tracer | Opened) -> None:
        """Count what is wanted of it."""
        if self._matcher is None:
            self._matcher = Matcher(self.wish.filter, tracer.call_of)
        if batch:
            self._last = max(self._last, batch.times[-1])
            self._note(batch)
        self.names.note(batch, tracer.call_of)
        rows = None if self.wish.filter.everything else self._matcher.rows(batch, 0, len(batch))
        if self.wish.events is not None and batch.tallies is None:
            rows = first(batch, range(len(batch)) if rows is None else rows, self.wish.events - self.summary.calls)
        self.summary.take(batch, rows)
        self.live.draw(self.picture)

    def _note(self, batch: Batch) -> None:
        if Kind.EXITED in batch.kinds or Kind.NOTICE in batch.kinds:
            for row, kind in enumerate(batch.kinds):
                if kind == Kind.EXITED and batch.tids[row] == batch.pids[row]:
                    self.ends[batch.pids[row]] = batch.results[row]
                elif kind == Kind.NOTICE and not self.mute:
                    self._notices.append(batch.payload(row).decode("utf-8", "replace"))
        if not self.live.on:
            self._say()

    def _say(self) -> None:
        for notice in self._notices:
            self.out.complain(notice)
        self._notices = []

    def picture(self, columns: int, lines: int) -> list[Line]:
        """What is drawn meanwhile: as many of its rows as there is room for."""
        asked, names = self.asked, self.names.found
        rows, whole = self.summary.rows(asked.by, asked.sort), self.summary.total()
        made = layout(rows, whole, columns, asked.by, asked.sort, names, asked.columns)
        below = [*remarks(whole, self.summary.incomplete, self.flying(time.monotonic_ns()), self.engine), *self.histograms(columns)]
        room = max(1, lines - 3 - len(below))
        if len(rows) > room:
            room = max(1, room - 1)
            below.insert(0, (piece(f"{len(rows) - room} more", Role.SECONDARY),))
        said = (piece(f"{self.words(whole.calls, self.engine)}; Ctrl-C ends it", Role.SECONDARY),)
        shown = [made.row(row, whole) for row in rows[:room]]
        return [fit(line, columns) for line in (said, made.titles(asked.sort), *shown, made.total(whole), *below)]

    def rest(self) -> None:
        """It is over: the table, or its rows as JSON."""
        self.live.leave()
        self.live.on = False
        self._say()
        asked, names = self.asked, self.names.found
        rows, whole = self.summary.rows(asked.by, asked.sort), self.summary.total()
        if self.where.json_lines:
            self._records(rows, whole)
        else:
            columns = size(self.where)[0]
            for line in table(rows, whole, columns, asked.by, asked.sort, names, asked.columns):
                self.where.line(line)
            for line in (*remarks(whole, self.summary.incomplete, self.flying(self._now()), self.engine), *self.histograms(columns)):
                self.where.line(fit(line, columns) if columns else line)
        self.where.out.flush()

    def histograms(self, columns: int) -> list[Line]:
        """Of the calls that were asked for, whoever made them; an empty line before each."""
        rows = self.summary.rows("call") if self.asked.histograms else []
        out: list[Line] = []
        for name in self.asked.histograms:
            found = [row for row in rows if row.name == name]
            for row in found:
                out += [(), *histogram(row, columns)]
            if not found:
                out += [(), (piece(f"{name}: 0 calls"),)]
        return out

    def _records(self, rows: Sequence[Counted], whole: Counted) -> None:
        asked, names = self.asked, self.names.found
        self.where.record({**self.head, "procdive": "summary"})
        for row in rows:
            self.where.record(summary_record(asked.by, row, names))
        now = self._now()
        for flight in self.summary.flying():
            told = {"pid": flight.pid, "comm": names.get(flight.pid, ""), "tid": flight.tid, "name": flight.name, "arch": flight.arch}
            self.where.record({"row": "in flight", **told, "for": max(0, now - flight.since)})
        seconds = round(time.monotonic() - self._began, 3)
        self.where.record({**summary_record("total", whole, names), "lost": self.summary.incomplete, "seconds": seconds})

    def flying(self, now: int) -> list[tuple[str, str, float]]:
        """Who is in which call, for how many seconds."""
        found = self.summary.flying()
        return [
            (f"{flight.tid} {self.names.found.get(flight.tid, '')}".rstrip(), flight.name, max(0, now - flight.since) / NS)
            for flight in found
        ]

    def _now(self) -> int:
        """ns as of its events: of a kept trace, when it ended."""
        return self._last if self.names.system is None else time.monotonic_ns()

    def words(self, calls: int, engine: str) -> str:
        """How much, for how long, by what."""
        passed = time.monotonic() - self._began
        return f"{calls} call{'' if calls == 1 else 's'}, {self.summary.incomplete} lost, {passed:.1f} s, {engine}"

    def sum_up(self, tracer: Tracer | Opened) -> None:
        """The last line, beside it."""
        if "exit" not in self.wish.quiet:
            self.out.complain(self.words(self.summary.calls, tracer.name))
