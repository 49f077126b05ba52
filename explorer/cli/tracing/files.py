"""The files of a trace: counted as it comes, drawn anew where somebody looks, printed in the end; or each that is opened, as it happens."""

import argparse
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from explorer.cli.output import Output
from explorer.cli.tracing.counts import first
from explorer.cli.tracing.live import Live, size
from explorer.cli.tracing.names import Names
from explorer.cli.tracing.wish import Wish
from explorer.collect.memory import memory
from explorer.decode.constants.errno import ERRNO
from explorer.model.access import FileUse, Sort
from explorer.model.batch import Batch, Kind
from explorer.model.maps import Sort as Sorts
from explorer.model.missing import Missing, Unreadable
from explorer.query.trace import TraceFilter
from explorer.render.access import layout, remarks, several, table
from explorer.render.piece import Line, Role, piece
from explorer.render.width import fit
from explorer.resolve.system import System
from explorer.trace.access import Access, Mapped, Opening, calls, places, placing
from explorer.trace.access.access import Ways
from explorer.trace.access.rows import File, encoded, text
from explorer.trace.addresses import Addresses
from explorer.trace.matching import Matcher
from explorer.trace.saved import Opened
from explorer.trace.touched import under
from explorer.trace.tracer import Capture, Tracer

RING: Final = "anon_inode:[io_uring]"
SOME: Final = 32
"""Processes whose mappings are read before the trace begins."""


@dataclass(frozen=True, slots=True)
class Asked:
    """by, sort: of trace.access. opened, failed: no table, but each file that is opened, or cannot be, as it happens.
    started: of a program that we start."""

    by: Ways = "file"
    sort: Sort = "time"
    opened: bool = False
    failed: bool = False
    started: bool = False


def asked_of(options: argparse.Namespace) -> Asked:
    """Of a command line."""
    return Asked(options.by, options.sort, options.opened, options.failed, options.command is not None)


def rest_of(wish: TraceFilter) -> TraceFilter:
    """A filter without its paths: what is left asks about calls."""
    return replace(wish, folders=None, files=())


def capture(wish: Wish, tracer: Tracer) -> Capture:
    """What an engine has to take: by its own counts, where they can answer."""
    wanted, rest = calls(), rest_of(wish.filter)
    if wish.filter.captured is not None:
        wanted = (wanted & wish.filter.captured) | placing()
    counted = "access" in tracer.COUNTS and rest.everything and wish.events is None
    return Capture(wanted, string=0, follow=wish.follow, what=frozenset({"access" if counted else "stream"}))


class Files:
    """live: where the table is drawn while it grows. system: None where the trace was kept. where, out, head: as of Lines."""

    def __init__(
        self, wish: Wish, asked: Asked, live: Live, system: System | None, where: Output, out: Output, head: Mapping[str, Any]
    ) -> None:
        self.wish, self.asked, self.live, self.system, self.where, self.out, self.head = wish, asked, live, system, where, out, head
        self.over = False
        self.ends: dict[int, int] = {}
        self.lines = 0
        self.tells = asked.opened or asked.failed
        self.access = Access(places(system.proc) if system is not None else nowhere, heard=self._heard if self.tells else None)
        self.names = Names(system)
        self._addresses = Addresses(system.sockets.of) if system is not None else None
        self._matcher: Matcher | None = None
        self._began = time.monotonic()
        self._untallied = 0
        """Calls for which the engine that counts had no room."""
        self._notices: list[str] = []
        if system is not None:
            pids = [int(target["pid"]) for target in head.get("targets", ())]
            if asked.started:
                self.access.begin(pids, parent=os.getpid())
            else:
                self.access.begin(pids, [pid for pid in pids if has_ring(system, pid)], 0, mapped(system, pids[:SOME]))
        if self.tells and where.json_lines:
            where.record({**head, "procdive": "access"})

    @property
    def enough(self) -> bool:
        """As many calls, or lines, as were asked for."""
        return self.wish.events is not None and (self.lines if self.tells else self.access.calls) >= self.wish.events

    def take(self, batch: Batch, tracer: Tracer | Opened) -> None:
        """Count what is wanted of it."""
        self.access.epoch = tracer.epoch
        self._untallied = int(getattr(tracer, "untallied", 0))
        rest = rest_of(self.wish.filter)
        if self._matcher is None:
            self._matcher = Matcher(rest, tracer.call_of)
        self._note(batch)
        self.names.note(batch, tracer.call_of)
        if self._addresses is not None:
            self._addresses.learn(batch)
        rows = None if rest.everything else self._matcher.rows(batch, 0, len(batch))
        if self.wish.events is not None and not self.tells:
            rows = first(batch, range(len(batch)) if rows is None else rows, self.wish.events - self.access.calls)
        self.access.take(batch, tracer.call_of, rows)
        if self.tells:
            self.where.out.flush()
        else:
            self.live.draw(lambda columns, lines: self.picture(columns, lines, tracer.name))

    def _note(self, batch: Batch) -> None:
        if Kind.EXITED in batch.kinds or Kind.NOTICE in batch.kinds:
            for row, kind in enumerate(batch.kinds):
                if kind == Kind.EXITED and batch.tids[row] == batch.pids[row]:
                    self.ends[batch.pids[row]] = batch.results[row]
                elif kind == Kind.NOTICE:
                    self._notices.append(batch.payload(row).decode("utf-8", "replace"))
        if not self.live.on:
            self._say()

    def _say(self) -> None:
        for notice in self._notices:
            self.out.complain(notice)
        self._notices = []

    def _heard(self, opening: Opening) -> None:
        """A call that opens a file: its line, once for each file and error."""
        if not opening.first or bool(opening.error) != self.asked.failed or self.enough or not self._path(opening.path):
            return
        self.lines += 1
        error = ERRNO[opening.error][0] if opening.error in ERRNO else f"errno {opening.error}" if opening.error else ""
        if self.where.json_lines:
            told = {"row": "failed", "error": error} if error else {"row": "opened"}
            self.where.record({**told, "pid": opening.pid, "path": opening.path, "cut": opening.cut})
            return
        path = (piece(opening.path, Role.PATH), *((piece("…", Role.MIND),) if opening.cut else ()))
        self.where.line((piece(f"{error} ", Role.FAILED), *path) if error else path)

    def _path(self, path: str) -> bool:
        """Whether a path is asked for."""
        wish = self.wish.filter
        if wish.folders is None and not wish.files:
            return True
        if path in wish.files:
            return True
        return wish.folders is not None and any(under(path, folder) for folder in wish.folders.items) != wish.folders.but

    def _file(self, file: File) -> bool:
        """Whether a file is, by any of its names."""
        return any(self._path(text(name)) for name in (file.path, *file.names))

    def rows(self, stop: int | None = None) -> list[FileUse]:
        """Those that are asked for, sockets with their addresses."""
        rows = self.access.rows(self.asked.sort, by=self.asked.by, stop=stop, want=self._file)
        addresses = self._addresses
        if addresses is None:
            return rows
        return [replace(row, note=note) if row.kind == "socket" and (note := addresses.of(row.path)) != row.path else row for row in rows]

    def picture(self, columns: int, lines: int, engine: str) -> list[Line]:
        """What is drawn meanwhile: as many of its rows as there is room for."""
        rows, below = self.rows(lines), self.remarks()
        made = layout(columns, self.asked.sort, self.names.found, spaces=several(rows))
        said = (piece(f"{self.words(engine)}; Ctrl-C ends it", Role.SECONDARY),)
        shown = [made.row(row) for row in rows[: max(1, lines - 3 - len(below))]]
        return [fit(line, columns) for line in (said, made.titles(self.asked.sort), *shown, *below)]

    @property
    def dropped(self) -> int:
        """Calls on files of which there were too many, for us or for the engine."""
        return self.access.dropped + self._untallied

    def remarks(self) -> list[Line]:
        """What is to be said beside the table."""
        return remarks(self.access.unseen(), self.names.found, dropped=self.dropped, lost=self.access.lost)

    def rest(self) -> None:
        """It is over: the table, or its rows as JSON."""
        self.live.leave()
        self.live.on = False
        self._say()
        columns = size(self.where)[0]
        if self.where.json_lines:
            self._records()
        elif not self.tells:
            for line in table(self.rows(), columns, self.asked.sort, self.names.found):
                self.where.line(line)
            for line in self.remarks():
                self.where.line(fit(line, columns) if columns else line)
        self.where.out.flush()
        if self.tells and not self.where.json_lines:
            for line in self.remarks():
                self.out.complain("".join(part.text for part in line))

    def _records(self) -> None:
        names = self.names.found
        if not self.tells:
            self.where.record({**self.head, "procdive": "access"})
            for row in self.rows():
                self.where.record({"row": "file", **fields(row), "comms": [names.get(pid, "") for pid in row.pids]})
        for one in self.access.unseen():
            self.where.record({"row": "unseen", **fields(one), "comm": names.get(one.pid, "")})
        counts = {"calls": self.access.calls, "files": self.access.count, "dropped": self.dropped, "lost": self.access.lost}
        self.where.record({"row": "total", **counts, "seconds": round(time.monotonic() - self._began, 3)})

    def words(self, engine: str) -> str:
        """How much, for how long, by what."""
        passed, access = time.monotonic() - self._began, self.access
        files, told = access.count, access.calls
        what = f"{told} call{'' if told == 1 else 's'} on " if not access.counted else ""
        return f"{what}{files} file{'' if files == 1 else 's'}, {access.lost} lost, {passed:.1f} s, {engine}"

    def sum_up(self, tracer: Tracer | Opened) -> None:
        """The last line, beside it."""
        if "exit" not in self.wish.quiet:
            self.out.complain(self.words(tracer.name))


def fields(fact: FileUse | Any) -> dict[str, Any]:
    """A fact's own, by name."""
    return {name: getattr(fact, name) for name in fact.__dataclass_fields__}


def nowhere(_: int) -> None:
    """Of a trace that was kept nobody can be asked."""


def mapped(system: System, pids: Sequence[int]) -> Iterator[Mapped]:
    """What they have mapped of files, each file once; of those that do not tell, nothing. Blocks for the reader's deadline at most."""
    for pid in pids:
        found = memory(system, pid)
        maps = () if isinstance(found, Missing) or isinstance(found.maps, Missing) else found.maps
        ways: dict[str, set[str]] = {}
        for one in maps:
            if one.sort is Sorts.FILE:
                ways.setdefault(one.name, set()).add(one.permissions)
        for path, permissions in ways.items():
            yield Mapped(pid, encoded(path), any("s" in each and "w" in each for each in permissions))


def has_ring(system: System, pid: int) -> bool:
    """Whether a process has an io_uring open: what it does through that no call tells."""
    try:
        return any(system.proc.link(pid, "fd", number) == RING for number in system.proc.numbers(pid, "fd"))
    except Unreadable:
        return False
