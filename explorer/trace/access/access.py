"""Files and what processes do with them, counted as a trace goes on."""

from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Final, Literal, NamedTuple

from explorer.decode.syscall.value import signed
from explorer.model.access import FileUse, Sort, Unseen
from explorer.model.batch import ARCHES, UNFINISHED_END, Batch, Birth, Kind
from explorer.model.use import Use, UseKey, Uses
from explorer.trace.access.calls import Calls, Opening, moved, undone
from explorer.trace.access.place import PlaceOf
from explorer.trace.access.plan import PLACES, plan
from explorer.trace.access.quick import fits, named
from explorer.trace.access.rows import READABLE, WRITABLE, Counts, File, encoded, order, use_of
from explorer.trace.access.table import MOST, Table
from explorer.trace.access.whose import Whose
from explorer.trace.decoded import CallOf

Ways = Literal["file", "process"]
SOON: Final = 100_000
SOON_NS: Final = 10_000_000_000
"""After so many calls, or so long, an engine that counts itself has said so."""


class Mapped(NamedTuple):
    """A file that a process has mapped into memory. written: what it writes there is written to the file."""

    pid: int
    path: bytes
    written: bool


def everything(_: File) -> bool:
    return True


def nobody(_: int) -> None:
    return None


class Access:
    """place_of: places(). epoch: as the tracer has it. most: rows. heard: is told of each call that opens a file, in the thread of take."""

    def __init__(
        self, place_of: PlaceOf = nobody, epoch: int = 0, most: int = MOST, heard: Callable[[Opening], None] | None = None
    ) -> None:
        self.epoch = epoch
        self.most = most
        self.calls = 0
        """So many were about files; of an engine that counts uses those that it tells."""
        self.lost = 0
        """Events that the engine lost: counts are too low by as many at most."""
        self._heard = heard
        self._guard = Lock()
        self._whose = Whose(place_of)
        self._table = Table(self._whose, most)
        self._calls = Calls(self._table, self._whose, heard)
        self._proved: CallOf | None = None
        """Of the engine whose payloads are as we know them."""
        self.counted = False
        """The engine counts by descriptor itself (Batch.uses): of rows only those of told() count."""
        self._first = 0
        """When the events of the first batch began."""
        self._uses: Uses | None = None
        self._before: dict[UseKey, tuple[Use, Counts | None]] = {}
        """What was taken over of the engine's counts so far."""

    @property
    def dropped(self) -> int:
        """Calls on files that have no row, because there are too many."""
        return self._table.dropped

    @property
    def count(self) -> int:
        """How many files have a row."""
        with self._guard:
            self._take_uses()
            return len(self._table.files)

    def begin(self, pids: Iterable[int], rings: Iterable[int] = (), parent: int = 0, mapped: Iterable[Mapped] = ()) -> None:
        """Before events come: of whom. rings: those that have an io_uring open. parent: who started them just now, so that they see their
        files as it does; 0 for those that run already. mapped: what they have mapped; what is written so has a row from the start."""
        with self._guard:
            for pid in pids:
                if parent:
                    self._whose.born(pid, parent)
                else:
                    self._whose.ask(pid)
            for one in mapped:
                ours = self._table.mapped.setdefault(one.pid, [0, 0])
                ours[0] += 1
                ours[1] += one.written
                if one.written and (at := self._table.at(one.pid, one.path, "file")) is not None:
                    at[1].mapped |= READABLE | WRITABLE
            for pid in rings:
                self._table.rings.setdefault(pid, 1)

    def clear(self) -> None:
        """Count from zero."""
        with self._guard:
            self._take_uses()
            before = self._table
            self._table = Table(self._whose, self.most)
            # What they cannot be seen doing they go on with.
            self._table.rings, self._table.mapped = dict.fromkeys(before.rings, 1), before.mapped
            known, self._calls = self._calls.early is None, Calls(self._table, self._whose, self._heard)
            if known:
                self._calls.early = None
            self._before = {key: (use, None) for key, (use, _) in self._before.items()}
            self.calls = self.lost = 0

    def unseen(self) -> list[Unseen]:
        """Those of whom not all can be seen, by pid."""
        with self._guard:
            self._take_uses()
            table = self._table
            out = []
            for pid in sorted({*table.rings, *table.aios, *table.mapped, *table.unnamed}):
                mapped, writable = table.mapped.get(pid, (0, 0))
                out.append(Unseen(pid, table.rings.get(pid, 0), table.aios.get(pid, 0), mapped, writable, table.unnamed.get(pid, 0)))
            return out

    def rows(
        self,
        sort: Sort = "time",
        *,
        by: Ways = "file",
        start: int = 0,
        stop: int | None = None,
        want: Callable[[File], bool] = everything,
        pids: frozenset[int] | None = None,
    ) -> list[FileUse]:
        """In order; from start up to stop of them. by "process": a row for each process and file, processes by pid. want: of which
        files. pids: the use of these only."""
        with self._guard:
            self._take_uses()
            found: list[tuple[File, tuple[int, ...]]] = []
            for file in self._table.files.values():
                whose = tuple(file.by) if pids is None else tuple(pid for pid in file.by if pid in pids)
                if whose and want(file):
                    found += [(file, whose)] if by == "file" else [(file, (pid,)) for pid in whose]
            key = order(sort)
            found.sort(key=key if by == "file" else lambda row: (row[1], key(row)))
            return [use_of(file, whose, self.epoch) for file, whose in found[start:stop]]

    def take(self, batch: Batch, call_of: CallOf, rows: Sequence[int] | None = None) -> None:
        """Count what happened. rows: only these, ascending; of others only where they put a process is followed."""
        with self._guard:
            if batch.uses is not None:
                self._engine_counts(batch.uses)
            kinds, numbers, arches, results = batch.kinds, batch.numbers, batch.arches, batch.results
            blob, ends, early = batch.blob, batch.ends, self._calls.early
            counted, known, count, quick = self.counted, self._table.known, 0, False
            chosen = None if rows is None else set(rows)
            if Kind.STARTED in kinds:
                births = [row for row, kind in enumerate(kinds) if kind == Kind.STARTED and numbers[row] != Birth.THREAD]
                self._whose.parents = {results[row]: batch.pids[row] for row in births if results[row] != batch.pids[row]}
            for row in range(len(kinds)):
                if kinds[row] != Kind.CALL:
                    self._other(batch, row)
                    continue
                if chosen is not None and row not in chosen:
                    self._follow(batch, row, call_of)
                    continue
                result = results[row]
                does = plan(numbers[row], ARCHES[arches[row]])
                if does is None or result == UNFINISHED_END:
                    continue
                if counted and not does.told:
                    continue
                count += 1
                pid = batch.pids[row]
                if not does.plain:
                    self._calls.take(does, call_of(numbers[row], arches[row], result, batch.payload(row)), batch, row)
                    continue
                ((register, out),) = does.moves
                if quick or self._packed(call_of, batch, row):
                    quick = True
                    name = named(blob, ends[row - 1] if row else 0, ends[row], register)
                else:
                    call = call_of(numbers[row], arches[row], result, batch.payload(row))
                    found = call.fds.get(signed(call.args[register]))
                    name = None if found is None else encoded(found)
                if name is None:
                    self._table.nameless(pid, result)
                    continue
                at = known.get((pid, name)) or self._table.described(pid, name)
                if at is not None:
                    moved(at[1], out, result, batch.tooks[row], batch.times[row])
                    if early is not None:
                        early.append((at[1], out, result, batch.tooks[row]))
            self.calls += count
            if early and batch and (len(early) > SOON or self._late(batch)):
                self._calls.early = None

    def _late(self, batch: Batch) -> bool:
        """Whether an engine that counts would have said so by now."""
        # A call that was in flight for long when the trace began says nothing of when that was.
        now = max(batch.times)
        self._first = self._first or now
        return now - self._first > SOON_NS

    def _engine_counts(self, uses: Uses) -> None:
        """The engine counts by descriptor itself: what was counted of its rows until it said so counts no more."""
        self.counted, self._uses = True, uses
        if self._calls.early is not None:
            undone(self._calls.early)
            self._calls.early = None

    def _follow(self, batch: Batch, row: int, call_of: CallOf) -> None:
        """A call that is not counted."""
        does, result = plan(batch.numbers[row], ARCHES[batch.arches[row]]), batch.results[row]
        if does is not None and does.special in PLACES and result != UNFINISHED_END:
            self._calls.follow(does, call_of(batch.numbers[row], batch.arches[row], result, batch.payload(row)), batch.pids[row])

    def _packed(self, call_of: CallOf, batch: Batch, row: int) -> bool:
        """Whether this engine's payloads can be read without it."""
        if call_of != self._proved and fits(call_of, batch, row):
            self._proved = call_of
        return call_of == self._proved

    def _other(self, batch: Batch, row: int) -> None:
        """What is no call."""
        kind, result = batch.kinds[row], batch.results[row]
        if kind == Kind.STARTED and batch.numbers[row] != Birth.THREAD:
            self._whose.born(result, batch.pids[row])
        elif kind == Kind.EXITED and batch.tids[row] == batch.pids[row]:
            self._whose.ended(batch.pids[row])
        elif kind == Kind.LOST:
            self.lost += result

    def _take_uses(self) -> None:
        """What the engine counted since we looked last."""
        uses, self._uses = self._uses, None
        if uses is None:
            return
        for key, use in uses.items():
            before, counts = self._before.get(key, (NOTHING, None))
            if use.reads + use.writes + use.others < before.reads + before.writes + before.others:
                before = NOTHING
            elif use == before:
                continue
            if counts is None and (at := self._table.described(*key)) is not None:
                counts = at[1]
            if counts is not None:
                add(counts, use, before)
            self._before[key] = (Use(**{name: getattr(use, name) for name in FIELDS}, errors=dict(use.errors)), counts)


NOTHING: Final = Use()
FIELDS: Final = ("reads", "read_bytes", "writes", "written_bytes", "others", "total", "last")


def add(counts: Counts, use: Use, before: Use) -> None:
    """What came since."""
    counts.reads += use.reads - before.reads
    counts.read_bytes += use.read_bytes - before.read_bytes
    counts.writes += use.writes - before.writes
    counts.written_bytes += use.written_bytes - before.written_bytes
    counts.others += use.others - before.others
    for error, times in use.errors.items():
        if times > before.errors.get(error, 0):
            counts.fail("use", error, times - before.errors.get(error, 0))
    counts.timed(use.total - before.total, use.last)
