"""Where the time goes: calls counted and timed by process, thread and call, from an engine's rows or from what it counted itself."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import compress
from typing import Final, NamedTuple

from explorer.decode.syscall import numbers
from explorer.decode.syscall.asleep import ASLEEP
from explorer.model.batch import ARCHES, UNFINISHED_END, Batch, Kind
from explorer.model.summary import By, Counted, add, ordered, since
from explorer.model.tally import BUCKETS, Tallies, Tally, TallyKey
from explorer.trace.log import OVER

MOST: Final = 20_000
"""Tallies that are kept apart (15 MB); beyond that those of threads that ended are thrown together."""
LARGEST: Final = 4095
Key = tuple[int, int, int, int]
"""A TallyKey in the making."""
CALLS: Final = bytes(kind == Kind.CALL for kind in range(256))
ENDS: Final = bytes(kind in OVER for kind in range(256))


class Flying(NamedTuple):
    """A call that was told to be in flight. since: ns of CLOCK_MONOTONIC."""

    pid: int
    tid: int
    arch: str
    name: str
    since: int


class Summary:
    """take() what an engine hands over, ask rows() at any time. Not for several threads at a time. Costs 0.5 µs a row at most.

    Where batches have tallies, the last of them is what was counted, and rows are not; an engine that does not count needs the stream
    (a Capture with string=0 is enough). What never returned (exit) and what is in flight is not counted; the latter is told (flying).
    """

    def __init__(self, most: int = MOST, wanted: Callable[[TallyKey], bool] | None = None) -> None:
        """wanted: rows are of these tallies only."""
        self.most, self.wanted = most, wanted
        self.incomplete = 0
        """Events that were lost since the beginning or reset(), so that counts are too small; of an engine that counts itself 0."""
        self.counted = False
        """The engine counts itself."""
        self._rows: Tallies = {}
        self._snapshot: Tallies = {}
        self._base: Tallies = {}
        self._begin = False
        """The first snapshot that comes is what counting begins with."""
        self._flights: dict[int, Flying] = {}
        self._ended: set[int] = set()

    def take(self, batch: Batch, rows: Sequence[int] | None = None) -> None:
        """One more batch; it is not kept. rows: count only these of its calls, ascending (what is lost counts always)."""
        if batch.tallies is not None:
            if self._begin and not self.counted:
                self._base = copied(batch.tallies)
            self.counted, self._snapshot, self._rows, self.incomplete = True, batch.tallies, {}, 0
        if not batch:
            return
        if not self.counted:
            if Kind.LOST in batch.kinds:
                self.incomplete += sum(compress(batch.results, (kind == Kind.LOST for kind in batch.kinds)))
            self._count(batch if rows is None else only(batch, rows))
        self._fly(batch, rows)

    def reset(self) -> None:
        """Begin anew: what comes from now on is counted. A call that ends later counts whole, whenever it began."""
        self._rows, self.incomplete = {}, 0
        self._begin = not self.counted
        self._base = copied(self._snapshot)

    @property
    def calls(self) -> int:
        """How many were counted: total().calls, for less."""
        if not self._base and self.wanted is None:
            return sum(tally.count for tally in (self._snapshot if self.counted else self._rows).values())
        return sum(tally.count for _, tally, _ in self._all())

    def flying(self) -> list[Flying]:
        """The calls that are in flight and have been for a while, longest first."""
        return sorted(self._flights.values(), key=lambda flight: flight.since)

    def rows(self, by: By = "call", sort: str = "time", *, backwards: bool = False, pid: int = 0, tid: int = 0) -> list[Counted]:
        """Rows in the order of a key of model.summary.SORTS. pid, tid: of that process or thread only. Rows with no call are left out.

        Each is a few µs for a tally of one thread and call that goes into it; a screen asks once a second or so.
        """
        groups: dict[tuple[int, int, str, str], tuple[Tally, list[int]]] = {}
        for key, tally, rough in self._all():
            if (pid and key.pid != pid) or (tid and key.tid != tid) or not tally.count:
                continue
            name, arch = called(key.number, key.arch)
            into, marks = groups.setdefault(GROUPS[by](key, arch, name), (Tally(), [0, 0]))
            add(into, tally)
            marks[0] += tally.total if name in ASLEEP else 0
            marks[1] |= rough
        whole = sum(tally.total for tally, _ in groups.values())
        return ordered(
            [
                Counted(*group, tally, tally.total / whole if whole else 0.0, waited, bool(rough))
                for group, (tally, (waited, rough)) in groups.items()
            ],
            sort,
            backwards=backwards,
        )

    def total(self, *, pid: int = 0, tid: int = 0) -> Counted:
        """All of them in one row, with neither pid nor name."""
        out, waited, rough = Tally(), 0, False
        rows = self.rows("call", pid=pid, tid=tid)
        for row in rows:
            add(out, row.tally)
            waited, rough = waited + row.waited, rough or row.rough
        return Counted(0, 0, "", "", out, 1.0 if rows else 0.0, waited, rough)

    def _all(self) -> Iterable[tuple[TallyKey, Tally, bool]]:
        """Every tally since the beginning or reset(); whether its least and most are rough."""
        for key, tally in (self._snapshot if self.counted else self._rows).items():
            if self.wanted is not None and not self.wanted(key):
                continue
            before = self._base.get(key)
            # Fewer than before: another thread has the number now.
            if before is None or not before.count or tally.count < before.count:
                yield key, tally, False
            else:
                yield key, since(tally, before), True

    def _count(self, batch: Batch) -> None:
        """The finished calls of a batch. Grouped first, so that nearly all is done by loops of C."""
        keys = zip(batch.pids, batch.tids, batch.arches, batch.numbers, strict=True)
        calls: Iterable[tuple[Key, int, int]] = zip(keys, batch.tooks, batch.results, strict=True)
        if batch.kinds.count(Kind.CALL) < len(batch):
            calls = compress(calls, batch.kinds.translate(CALLS))
        groups: defaultdict[Key, list[int]] = defaultdict(list)
        failures: defaultdict[Key, list[int]] = defaultdict(list)
        # The tuples live for a moment only: kept, they would keep the garbage collector busy.
        for key, took, result in calls:
            if result < 0:
                if result >= -LARGEST:
                    failures[key].append(result)
                elif result == UNFINISHED_END:
                    continue
            groups[key].append(took)
        for key, times in groups.items():
            tally = self._rows.get(key)  # type: ignore[call-overload]
            if tally is None:
                tally = self._rows[TallyKey(*key)] = Tally()
            timed(tally, times)
        for key, results in failures.items():
            errors = self._rows[key].errors  # type: ignore[index]
            for result, count in Counter(results).items():
                errors[-result] = errors.get(-result, 0) + count
        if len(self._rows) > self.most:
            self._fold()

    def _fly(self, batch: Batch, wanted: Sequence[int] | None) -> None:
        """Who is in a call that has been told to be in flight, and who has ended."""
        pending = Kind.PENDING in batch.kinds
        if Kind.EXITED in batch.kinds:
            self._ended.update(tid for kind, tid in zip(batch.kinds, batch.tids, strict=True) if kind == Kind.EXITED)
        if not (pending or self._flights):
            return
        over = batch.kinds.translate(ENDS)
        last = dict(zip(compress(batch.tids, over), compress(range(len(batch)), over), strict=True))
        for tid in self._flights.keys() & last.keys():
            del self._flights[tid]
        for row in (range(len(batch)) if wanted is None else wanted) if pending else ():
            if batch.kinds[row] == Kind.PENDING and last.get(batch.tids[row], -1) < row:
                tid = batch.tids[row]
                name, arch = called(batch.numbers[row], batch.arches[row])
                self._flights[tid] = Flying(batch.pids[row], tid, arch, name, batch.times[row])

    def _fold(self) -> None:
        """Throw together what threads did that have ended, first within their process, where that goes on."""
        living = {key.pid for key in self._rows if key.tid not in self._ended}
        for key in [key for key in self._rows if key.tid in self._ended and key.tid]:
            kept = TallyKey(key.pid if key.pid in living else 0, 0, key.arch, key.number)
            add(self._rows.setdefault(kept, Tally()), self._rows.pop(key))
        for key in [key for key in self._rows if key.pid and not key.tid and key.pid not in living]:
            add(self._rows.setdefault(TallyKey(0, 0, key.arch, key.number), Tally()), self._rows.pop(key))
        self._ended.clear()


GROUPS: Final[dict[By, Callable[[TallyKey, str, str], tuple[int, int, str, str]]]] = {
    "call": lambda _key, arch, name: (0, 0, arch, name),
    "process": lambda key, _arch, _name: (key.pid, 0, "", ""),
    "thread": lambda key, _arch, _name: (key.pid, key.tid, "", ""),
    "process call": lambda key, arch, name: (key.pid, 0, arch, name),
}


def timed(tally: Tally, times: list[int]) -> None:
    """So many calls more, each of which took so many ns, or was not timed (less than 0)."""
    tally.count += len(times)
    least = min(times)
    if least < 0:
        times = [took for took in times if took >= 0]
        if not times:
            return
        least = min(times)
    first = not any(tally.buckets)
    tally.total += sum(times)
    tally.least = least if first else min(tally.least, least)
    most = max(times)
    tally.most = max(tally.most, most)
    buckets = tally.buckets
    for bucket, count in Counter(map(int.bit_length, times)).items():
        buckets[min(bucket, BUCKETS - 1)] += count


def only(batch: Batch, rows: Sequence[int]) -> Batch:
    """Some rows of a batch, those columns of them that are counted by."""
    out = Batch()
    out.kinds = bytearray(batch.kinds[row] for row in rows)
    out.arches = bytearray(batch.arches[row] for row in rows)
    out.numbers.extend([batch.numbers[row] for row in rows])
    out.tids.extend([batch.tids[row] for row in rows])
    out.pids.extend([batch.pids[row] for row in rows])
    out.tooks.extend([batch.tooks[row] for row in rows])
    out.results.extend([batch.results[row] for row in rows])
    return out


@cache
def called(number: int, place: int) -> tuple[str, str]:
    """A call's name and its architecture; calls of the same name and architecture are one (x32 has two numbers for some)."""
    arch = ARCHES[place] if place < len(ARCHES) else ARCHES[0]
    return numbers.name(number, arch), numbers.abi(number, arch)


def copied(tallies: Tallies) -> Tallies:
    """A snapshot that stays as it is, whatever its engine does with its own."""
    return {key: Tally(one.count, dict(one.errors), one.total, one.least, one.most, list(one.buckets)) for key, one in tallies.items()}
