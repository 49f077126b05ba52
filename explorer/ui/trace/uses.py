"""What a call is about, a descriptor or a path, and what else the log has of it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from explorer.decode.syscall.args.fd import AT_FDCWD
from explorer.decode.syscall.value import signed
from explorer.model.batch import UNFINISHED_END, Batch, Kind
from explorer.model.event import TraceEvent
from explorer.model.trace import Call
from explorer.render.piece import Line, Role, piece
from explorer.render.times import duration
from explorer.render.trace_line import Ruler, event_line
from explorer.render.trace_unfold import row
from explorer.trace.log import Log, failed
from explorer.trace.touched import descriptors, paths, registers
from explorer.ui.trace.seek import Match

EARLIER: Final = 3
"""Uses that are shown,"""
FAR: Final = 20_000
"""of at most so many rows before,"""
BUDGET: Final = 0.03
"""in so many seconds."""
STEP: Final = 64


@dataclass(frozen=True, slots=True)
class About:
    """fd: -1 for none. path: "" for none; whole as far as it is known."""

    pid: int
    fd: int = -1
    path: str = ""


def call_at(log: Log, batch: Batch, row: int) -> Call:
    """The call of a row, undecoded."""
    result = batch.results[row]
    open_ended = batch.kinds[row] == Kind.PENDING or result == UNFINISHED_END
    return log.call_of(batch.numbers[row], batch.arches[row], None if open_ended else result, batch.payload(row))


def about(log: Log, batch: Batch, row: int) -> About:
    """Its first descriptor, else the one that it made; and its path, where it names one."""
    pid = batch.pids[row]
    if batch.kinds[row] > Kind.PENDING:
        return About(pid)
    call = call_at(log, batch, row)
    fds, pointers, returns = registers(call.number, call.arch)
    numbers = [signed(call.args[place]) for place in fds if place < len(call.args)]
    numbers = [number for number in numbers if number != AT_FDCWD and number >= 0]
    if not numbers and returns and call.result is not None and call.result >= 0:
        numbers = [call.result]
    found = list(paths(call)) if pointers else []
    return About(pid, (numbers or sorted(call.opened) or [-1])[0], found[-1] if found else "")


def using(log: Log, wanted: About) -> Match:
    """Rows of the same process that use the descriptor; where there is none, the path."""

    def match(batch: Batch, rows: Sequence[int]) -> list[int]:
        found = []
        for at in rows:
            if batch.kinds[at] == Kind.CALL and batch.pids[at] == wanted.pid:
                call = call_at(log, batch, at)
                if (wanted.fd in descriptors(call)) if wanted.fd >= 0 else (wanted.path in paths(call)):
                    found.append(at)
        return found

    return match


def making(log: Log, wanted: About) -> Match:
    """Rows of the same process that made the descriptor."""

    def match(batch: Batch, rows: Sequence[int]) -> list[int]:
        found = []
        for at in rows:
            if batch.kinds[at] == Kind.CALL and batch.pids[at] == wanted.pid and batch.results[at] >= 0:
                call = call_at(log, batch, at)
                if wanted.fd in call.opened or (batch.results[at] == wanted.fd and registers(call.number, call.arch)[2]):
                    found.append(at)
        return found

    return match


def same(event: TraceEvent) -> TraceEvent:
    """As it is."""
    return event


def history(log: Log, place: int, wanted: About, ruler: Ruler, named: Callable[[TraceEvent], TraceEvent] = same) -> list[Line]:
    """Its earlier uses, the latest first; or how often its path failed. What the budget did not reach is not told.

    named: puts addresses in.
    """
    batch, at = log.place(place)
    if batch.kinds[at] != Kind.CALL or (wanted.fd < 0 and not wanted.path):
        return []
    fails = failed(batch.results[at]) and bool(wanted.path)
    found, count, since = [], 1, batch.times[at]
    match, until, high = using(log, wanted), time.perf_counter() + BUDGET, place
    while high > max(log.first, place - FAR) and time.perf_counter() < until:
        rows, last = log.place(high - 1)
        low = max(0, last + 1 - STEP)
        hits = list(match(rows, range(low, last + 1)))
        if fails:
            failures = [hit for hit in hits if failed(rows.results[hit])]
            count += len(failures)
            since = rows.times[failures[0]] if failures else since
        found += [high - 1 - last + hit for hit in reversed(hits)]
        high -= last + 1 - low
        if len(found) >= EARLIER and not fails:
            break
    out = []
    if fails and count > 1:
        passed = (batch.times[at] - since) / 1e9
        out.append(row("history", piece(f"this path failed {count:,} times in {duration(passed)}", Role.MIND)))
    elif found:
        out += [row("" if index else "before", *event_line(named(log.event(use)), ruler)) for index, use in enumerate(found[:EARLIER])]
    return out
