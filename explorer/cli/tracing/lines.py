"""What procdive trace prints of the batches that an engine hands over."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from explorer.cli.output import Output
from explorer.cli.tracing.wish import Wish
from explorer.model.batch import Batch, Kind
from explorer.model.event import Exited, Notice, Started, Superseded, TraceEvent, Unfinished
from explorer.model.trace import Syscall
from explorer.render.trace import Printer, birth, undecoded
from explorer.render.trace_record import trace_record
from explorer.trace.decoded import CallOf, event_of
from explorer.trace.ends import Ends
from explorer.trace.matching import Matcher
from explorer.trace.saved import Opened, raw
from explorer.trace.tracer import Tracer

LIVES: Final = (Kind.STARTED, Kind.EXITED, Kind.SUPERSEDED)


class Lines:
    """where: the trace's own lines; out: what is said beside it. threads: those that are traced from the start.

    head: the first line of JSON (trace/saved.py). ends: what -yy names besides, None without it.
    """

    def __init__(
        self, wish: Wish, where: Output, out: Output, threads: frozenset[int], head: Mapping[str, Any], ends: Ends | None = None
    ) -> None:
        self.ends_of = ends
        self.wish, self.where, self.out = wish, where, out
        self.printer = Printer(wish.look, threads)
        self.events = self.lost = 0
        self.over = False
        """Somebody wants it to end."""
        self.ends: dict[int, int] = {}
        """pid → wait status of those whose first thread ended."""
        self._matcher: Matcher | None = None
        self._began = time.monotonic()
        if where.json_lines:
            where.record(head)

    @property
    def enough(self) -> bool:
        """As many lines as were asked for."""
        return self.wish.events is not None and self.events >= self.wish.events

    def take(self, batch: Batch, tracer: Tracer | Opened) -> None:
        """Print what is wanted of it. Raises OSError where it cannot be written."""
        if not batch:
            return
        if self._matcher is None:
            self._matcher = Matcher(self.wish.filter, tracer.call_of)
        wanted = self._matcher.rows(batch, 0, len(batch))
        call_of: CallOf = tracer.call_of
        if self.ends_of is not None:
            self.ends_of.learn(batch)
            call_of = self.ends_of.calls(call_of)
        shown = None
        if any(kind in batch.kinds for kind in LIVES):
            births = {row for row, kind in enumerate(batch.kinds) if kind in LIVES}
            self._note(batch, births)
            shown = frozenset(wanted)
            wanted = sorted(births.union(wanted))
        for row in wanted:
            if self.enough:
                break
            event = event_of(batch, row, tracer.epoch, call_of, self.wish.style(batch, row))
            if batch.kinds[row] == Kind.PENDING and not isinstance(tracer, Opened):
                event = replace(event, took=max(0, time.monotonic_ns() - batch.times[row]))
            if shown is not None and row not in shown:
                self.printer.saw(event)
            elif self.where.json_lines:
                self.events += 1
                self.where.record({**trace_record(event), "raw": raw(batch, row)})
            else:
                self._event(event, batch.numbers[row])
        if Kind.LOST in batch.kinds:
            self.lost += sum(result for kind, result in zip(batch.kinds, batch.results, strict=True) if kind == Kind.LOST)
        self.where.out.flush()

    def _note(self, batch: Batch, births: set[int]) -> None:
        for row in births:
            if batch.kinds[row] == Kind.EXITED and batch.tids[row] == batch.pids[row]:
                self.ends[batch.pids[row]] = batch.results[row]

    def _event(self, event: TraceEvent, number: int) -> None:
        what = event.what
        if self._aside(event):
            return
        if isinstance(what, Syscall) and self.wish.undecoded(what.name):
            event = replace(event, what=undecoded(what))
        elif isinstance(what, Unfinished) and self.wish.undecoded(what.call.name):
            event = replace(event, what=Unfinished(undecoded(what.call), what.ended))
        self.events += 1
        self.where.line(self.printer.line(event, number))

    def _aside(self, event: TraceEvent) -> bool:
        """What is no line of the trace: it is said beside it, or left unsaid."""
        what, quiet = event.what, self.wish.quiet
        if isinstance(what, Started):
            if "attach" not in quiet and self.out.err.isatty():
                self.out.complain(f"{birth(what)} attached, started by {event.tid}")
        elif isinstance(what, Notice):
            self.out.complain(what.text)
        elif not (isinstance(what, Exited) and "exit" in quiet) and not (isinstance(what, Superseded) and "thread-execve" in quiet):
            return False
        self.printer.saw(event)
        return True

    def rest(self) -> None:
        """It is over: say who is still in a call."""
        if not self.where.json_lines and not self.enough:
            for line in self.printer.rest(time.time_ns()):
                self.where.line(line)
        self.where.out.flush()

    def sum_up(self, tracer: Tracer | Opened) -> None:
        """The last line, beside the trace."""
        if "exit" not in self.wish.quiet:
            passed = time.monotonic() - self._began
            self.out.complain(f"{self.events} event{'' if self.events == 1 else 's'}, {self.lost} lost, {passed:.1f} s, {tracer.name}")
