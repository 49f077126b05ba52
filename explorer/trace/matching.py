"""A filter over raw rows: on columns where they answer, on payloads where they do not, decoded only where nothing else would."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from typing import Final

from explorer.decode.constants.errno import ERRNO
from explorer.decode.syscall import numbers
from explorer.decode.syscall.multiplexed import unfold
from explorer.model.batch import ARCHES, UNFINISHED_END, Batch, Kind
from explorer.model.trace import Call
from explorer.query.trace import Choice, TraceFilter
from explorer.trace.decoded import CallOf
from explorer.trace.filters import WITHIN
from explorer.trace.flags import OPPOSITE, Chosen, all_of
from explorer.trace.found import Finder
from explorer.trace.raw import holding
from explorer.trace.touched import descriptors, paths, under

PLAIN: Final = frozenset({"EAGAIN", "EINTR", "EINPROGRESS", "EALREADY"})
NOT_NOW: Final = frozenset(-number for number, (name, _) in ERRNO.items() if name in PLAIN or name.startswith("ERESTART"))
"""Results by which a call only says "not now": neither red on the screen nor among the failed."""
LARGEST: Final = 4095
Test = Callable[[Batch, Sequence[int]], Sequence[int]]
"""(batch, rows) → those of them that pass; the rows are calls, finished or not."""
Column = Callable[[Batch, int, int], bytes | None]
"""(batch, low, high) → flags of calls (trace/flags.py); None where that needs more than a column."""
X32: Final = ARCHES.index("x32")
X86_64: Final = ARCHES.index("x86_64")


class Matcher:
    """What a filter wants of a batch. slow: it reads payloads, so that a row costs microseconds, not nanoseconds."""

    def __init__(self, wish: TraceFilter, call_of: CallOf) -> None:
        self.wish = wish
        self.call_of = call_of
        self.tests: list[Test] = []
        self.columns: list[Column] = []
        """The same as tests, as long as all of those can be told so."""
        self.finders = [(Finder(term.text, sharp=term.sharp), term.denied) for term in wish.terms]
        self._columns()
        fast = len(self.tests)
        self._payloads()
        self.slow = len(self.tests) > fast or bool(self.finders)
        self.told = len(self.columns) == len(self.tests) and not self.finders

    def rows(self, batch: Batch, low: int, high: int) -> Sequence[int]:
        """Those from low up to high that the filter wants, ascending."""
        if self.wish.everything:
            return range(low, high)
        kinds = batch.kinds[low:high]
        if kinds.count(Kind.CALL) == high - low:
            return self.calls(batch, range(low, high))
        calls = [row for row, kind in enumerate(kinds, low) if kind <= Kind.PENDING]
        others = [row for row, kind in enumerate(kinds, low) if kind > Kind.PENDING and self.other(batch, row)]
        return sorted((*self.calls(batch, calls), *others))

    def flags(self, batch: Batch, low: int, high: int) -> bytes | None:
        """The same as rows, a byte a row, 1 for those that are wanted; None where columns alone do not tell."""
        if not self.told or batch.kinds.count(Kind.CALL, low, high) != high - low:
            return None
        every = []
        for column in self.columns:
            found = column(batch, low, high)
            if found is None:
                return None
            every.append(found)
        return every[0] if len(every) == 1 else all_of(every, high - low)

    def calls(self, batch: Batch, rows: Sequence[int]) -> Sequence[int]:
        """Of rows that are calls."""
        for test in self.tests:
            if not rows:
                return rows
            rows = test(batch, rows)
        for finder, denied in self.finders:
            rows = finder.rows(batch, rows, self.call_of, denied=denied)
        return rows

    def other(self, batch: Batch, row: int) -> bool:
        """A row that is no call. What is missing, and what a person should know, is never hidden."""
        kind, wish = batch.kinds[row], self.wish
        if kind in {Kind.LOST, Kind.NOTICE}:
            return True
        if wish.calls_only or not of(wish.tids, batch.tids[row]) or not of(wish.pids, batch.pids[row]):
            return False
        if kind in {Kind.SIGNAL, Kind.STOPPED} and not of(wish.signals, batch.numbers[row]):
            return False
        return all(bool(finder.rows(batch, [row], self.call_of)) != denied for finder, denied in self.finders)

    def failures(self, batch: Batch, rows: Sequence[int]) -> list[int]:
        """Those that failed in the screen's sense."""
        if not rows:
            return []
        kinds, results = batch.kinds, batch.results
        failed = [row for row in failing(results, rows[0], rows[-1] + 1) if kinds[row] == Kind.CALL]
        if len(rows) == rows[-1] + 1 - rows[0]:
            return failed
        return [row for row in failed if rows[bisect_left(rows, row)] == row]

    def call(self, batch: Batch, row: int) -> Call:
        """The call of a row."""
        result = batch.results[row]
        open_ended = batch.kinds[row] == Kind.PENDING or result == UNFINISHED_END
        return self.call_of(batch.numbers[row], batch.arches[row], None if open_ended else result, batch.payload(row))

    def _columns(self) -> None:
        wish = self.wish
        for choice in wish.calls:
            test, column = named(choice, self.call)
            self.tests.append(test)
            self.columns.append(column)
        if wish.tids is not None:
            self._within(wish.tids, lambda batch: batch.tids)
        if wish.pids is not None:
            self._within(wish.pids, lambda batch: batch.pids)
        if wish.slower:
            least = wish.slower
            self.tests.append(lambda batch, rows: [row for row, took in zip(rows, picked(batch.tooks, rows), strict=True) if took >= least])
        if wish.statuses is not None:
            self.tests.append(status(wish.statuses))
        if wish.failed is not None:
            self.tests.append(self._failed if wish.failed else self._did_not_fail)
        if wish.errors is not None:
            self.tests.append(errors(wish.errors))

    def _within(self, choice: Choice[int], column: Callable[[Batch], "array[int]"]) -> None:
        self.tests.append(lambda batch, rows: among(rows, picked(column(batch), rows), choice.items, but=choice.but))
        chosen = Chosen(choice.items, but=choice.but)
        self.columns.append(lambda batch, low, high: chosen(column(batch), low, high))

    def _payloads(self) -> None:
        fds, files, folders = self.wish.fds, frozenset(self.wish.files), self.wish.folders
        if fds is not None and fds.but and not files:
            self.tests.append(others(self._each(lambda call: not descriptors(call).isdisjoint(fds.items), in_bytes(fds), fds.items)))
        elif fds is not None and fds.but:
            self.tests.append(self._each(lambda call: touches(call, fds, files)))
        elif fds is not None or files:
            chosen = fds or Choice(frozenset[int]())
            needles = [*in_bytes(chosen), *map(last, files)]
            self.tests.append(self._each(lambda call: touches(call, fds, files), needles, chosen.items))
        if folders is not None:
            items = folders.items
            test = self._each(lambda call: any(under(path, folder) for path in paths(call) for folder in items), list(map(last, items)))
            self.tests.append(others(test) if folders.but else test)

    def _each(self, wanted: Callable[[Call], bool], needles: Sequence[bytes] = (), returned: frozenset[int] = frozenset()) -> Test:
        """Each call by itself; with needles only those that have one of them among their bytes, or that returned such a number."""

        def test(batch: Batch, rows: Sequence[int]) -> list[int]:
            maybe = rows
            if needles and all(needles):
                held = holding(batch, rows, needles)
                more = (
                    [row for row, result in zip(rows, picked(batch.results, rows), strict=True) if result in returned] if returned else []
                )
                maybe = sorted({*held, *more}) if more else held
            return [row for row in maybe if wanted(self.call(batch, row))]

        return test

    def _failed(self, batch: Batch, rows: Sequence[int]) -> list[int]:
        return self.failures(batch, rows)

    def _did_not_fail(self, batch: Batch, rows: Sequence[int]) -> list[int]:
        failures = set(self.failures(batch, rows))
        return [row for row in rows if row not in failures]


def others(test: Test) -> Test:
    """Those that do not pass."""

    def opposite(batch: Batch, rows: Sequence[int]) -> list[int]:
        passed = set(test(batch, rows))
        return [row for row in rows if row not in passed]

    return opposite


def in_bytes(choice: Choice[int]) -> list[bytes]:
    """Descriptors as a payload has them, in a register or before a name."""
    return [number.to_bytes(4, "little") for number in choice.items if number < 1 << 31]


def last(path: str) -> bytes:
    """The last part of a path, which every way of writing it has; b"" of the root, and of what no bytes can be."""
    part = path.rstrip("/").rpartition("/")[2]
    return part.encode("utf-8", "surrogateescape") if part.isascii() else b""


def of(choice: Choice[int] | None, number: int) -> bool:
    """Whether a number is chosen; where nothing is asked, every one is."""
    return choice is None or number in choice


def failing(column: "array[int]", low: int, high: int) -> list[int]:
    """Rows from low up to high whose result is a failure: told by the results that there are, of which there are few."""
    found = []
    for result in set(column[low:high]):
        if -LARGEST <= result < 0 and result not in NOT_NOW:
            at = low - 1
            for _ in range(high - low):
                try:
                    at = column.index(result, at + 1, high)
                except ValueError:
                    break
                found.append(at)
    return sorted(found)


def picked(column: Sequence[int], rows: Sequence[int]) -> Iterable[int]:
    """The values of some rows; a slice where they follow one another, which is much faster."""
    if isinstance(rows, range):
        return column[rows.start : rows.stop]
    return [column[row] for row in rows]


def among(rows: Sequence[int], values: Iterable[int], items: frozenset[int], *, but: bool) -> list[int]:
    """Rows whose value is one of the items; but: is none of them."""
    flags = bytes(map(items.__contains__, values))
    return list(compress(rows, flags.translate(OPPOSITE) if but else flags))


def errors(choice: Choice[int]) -> Test:
    """Finished with one of these errors; where they are denied, finished with another one or none."""
    items = frozenset(-number for number in choice.items)

    def test(batch: Batch, rows: Sequence[int]) -> list[int]:
        return [row for row, result in zip(rows, picked(batch.results, rows), strict=True) if (result in items) != choice.but]

    return test


def status(choice: Choice[str]) -> Test:
    """strace's statuses. A call in flight is unfinished."""
    failed, good, unfinished = "failed" in choice, "successful" in choice, "unfinished" in choice

    def test(batch: Batch, rows: Sequence[int]) -> list[int]:
        pending = [row for row in rows if batch.kinds[row] == Kind.PENDING] if Kind.PENDING in batch.kinds else []
        out = []
        for row, result in zip(rows, picked(batch.results, rows), strict=True):
            if result >= 0:
                wanted = good
            elif result == UNFINISHED_END:
                wanted = unfinished
            else:
                wanted = failed if result >= -LARGEST else good
            if pending and batch.kinds[row] == Kind.PENDING:
                wanted = unfinished
            if wanted:
                out.append(row)
        return out

    return test


def named(choice: Choice[str], call: Callable[[Batch, int], Call]) -> tuple[Test, Column]:
    """Calls by name, told by number; those that stand for several (socketcall) by their first register too."""
    tables = [table(choice, arch) for arch in range(len(ARCHES))]
    but = choice.but
    quick = [Chosen(items, but=but) for items, _ in tables]

    def test(batch: Batch, rows: Sequence[int]) -> list[int]:
        first = batch.arches[0]
        if batch.arches.count(first) == len(batch.arches) and not tables[first][1]:
            items = tables[first][0]
            return among(rows, picked(batch.numbers, rows), items, but=but)
        return [row for row in rows if one(batch, row)]

    def column(batch: Batch, low: int, high: int) -> bytes | None:
        first = batch.arches[low]
        if batch.arches.count(first, low, high) != high - low or tables[first][1]:
            return None
        return quick[first](batch.numbers, low, high)

    def one(batch: Batch, row: int) -> bool:
        number = batch.numbers[row]
        items, several = tables[batch.arches[row]]
        if number in several:
            return meant(several[number], call(batch, row)) in choice
        return (number in items) != but

    return test, column


def table(choice: Choice[str], place: int) -> tuple[frozenset[int], dict[int, str]]:
    """Numbers of the names in it, on one architecture; and those of calls about which the number alone does not decide."""
    arch = ARCHES[place]
    names = dict(numbers.names(arch))
    if place == X86_64:
        names.update({number | numbers.X32_BIT: f"{name}@x32" for number, name in numbers.names("x32").items()})
    if place == X32:
        names.update({number | numbers.X32_BIT: name for number, name in numbers.names("x32").items()})
    found, several = set(), {}
    for number, name in names.items():
        plain, _, table_arch = name.partition("@")
        if plain in choice.items or f"{plain}@{table_arch or arch}" in choice.items:
            found.add(number)
        elif arch == "i386" and plain in WITHIN and not WITHIN[plain].isdisjoint(choice.items):
            several[number] = plain
    found |= {int(name.removeprefix("syscall_"), 16) for name in choice.items if name.startswith("syscall_0x")} - names.keys()
    return frozenset(found), several


def meant(carrier: str, call: Call) -> str:
    """The call that socketcall or ipc stands for; itself where its arguments or its memory say nothing."""
    return unfold(call, carrier, [register & 0xFFFFFFFF for register in (*call.args, 0, 0, 0, 0, 0, 0)[: numbers.REGISTERS]])[0]


def touches(call: Call, fds: Choice[int] | None, files: frozenset[str]) -> bool:
    """One of the descriptors, or one of the paths."""
    if fds is not None and descriptors(call).isdisjoint(fds.items) == fds.but:
        return True
    return bool(files) and not files.isdisjoint(paths(call))
