"""A trace, or a table of it, into a file of the user's, as text or as JSON Lines by the file's ending. In a thread of its own."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

from explorer import keep
from explorer.model.batch import Batch
from explorer.model.missing import Missing, Reason
from explorer.render.piece import Line, plain
from explorer.render.trace import Look, Printer
from explorer.render.trace_record import trace_record
from explorer.trace.log import Chunk, Log
from explorer.trace.saved import WHOLE, head, line, lines
from explorer.ui.trace.session import Session

JSON: Final = (".jsonl", ".json")
SAFE: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


class Still(NamedTuple):
    """A trace as it was at one moment. targets: pids and names."""

    engine: str
    targets: tuple[tuple[int, str], ...]
    since: float
    log: Log


def still(session: Session) -> Still:
    """What another thread may read while the session goes on: full chunks are never changed, the last one is copied."""
    log = Log(session.log.epoch, session.log.call_of)
    log.chunks.extend(session.log.chunks)
    if log.chunks:
        start, rows = log.chunks.pop()
        copied = Batch()
        copied.extend(rows)
        log.chunks.append(Chunk(start, copied))
    log.end = session.log.end
    log.flights = dict(session.log.flights)
    return Still(session.engine, session.names, session.since, log)


class Saved(NamedTuple):
    """A table as it was at one moment. what: "summary". text: its lines; records: its rows, ready for JSON."""

    what: str
    text: Sequence[Line]
    records: Sequence[Mapping[str, Any]]


def suggested(session: Session, what: str = "trace") -> str:
    """A name for the file, in the current folder: trace-812-nginx-142204.txt."""
    words = "".join(char if char in SAFE else "-" for char in session.label[:40]).strip("-.")
    return f"{what}-{words or 'of-nothing'}-{time.strftime('%H%M%S')}.txt"


def save(trace: Still, path: str, table: Saved | None = None) -> str | Missing:
    """Write the trace, or the table, mode 0600, where no file is yet; what was done in words. The ending says the form: .jsonl and .json
    are JSON Lines."""
    place = os.path.abspath(os.path.expanduser(path))
    if os.path.lexists(place):
        return Missing(Reason.DENIED, f"{place} is there already", "give another name")
    file = keep.output(place)
    if isinstance(file, Missing):
        return file
    json = path.endswith(JSON)
    if table is None:
        count, written = len(trace.log), as_json(trace) if json else as_text(trace)
    else:
        count = len(table.records) if json else len(table.text)
        written = table_as_json(trace, table) if json else (plain(line) + "\n" for line in table.text)
    try:
        with file:
            file.writelines(written)
    except OSError as error:
        return Missing(Reason.DENIED, f"{place} is not whole", error.strerror or "")
    return f"{count:,} lines to {place}"


def as_json(trace: Still) -> Iterator[str]:
    """What `procdive trace --open` reads."""
    first = head(trace.engine, trace.targets, trace.since, os.uname().release)
    return lines(trace.log, range(trace.log.first, trace.log.end), first, trace_record)


def table_as_json(trace: Still, table: Saved) -> Iterator[str]:
    """A head that says whose, then a row a line."""
    first = head(trace.engine, trace.targets, trace.since, os.uname().release)
    return (line(each) for each in ({**first, "procdive": table.what}, *table.records))


def as_text(trace: Still) -> Iterator[str]:
    """As strace -f -tt -T -y."""
    log = trace.log
    printer = Printer(Look(clock="microsecond", took=True), frozenset(pid for pid, _ in trace.targets))
    placed = ((log.event(place, WHOLE), number(log, place)) for place in range(log.first, log.end))
    flying = ((event, 0) for event in log.flying(WHOLE))
    return (plain(printer.line(event, call)) + "\n" for event, call in chain(placed, flying))


def number(log: Log, place: int) -> int:
    """Of the call of a row."""
    rows, row = log.place(place)
    return rows.numbers[row]
