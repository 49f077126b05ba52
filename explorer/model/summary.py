"""System calls added up: a row of a summary, what it is sorted by, and percentiles from a histogram of powers of two."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

from explorer.model.tally import BUCKETS, Tally

By = Literal["call", "process", "thread", "process call"]
"""What a row adds up: a call of everybody, all calls of a process, those of a thread, one call of a process."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A row. What it does not tell apart is 0 or empty: pid and tid in a row by call, name and arch in one by process.

    pid 0 where the row could tell processes apart: those that ended, together, of which there were too many (tid 0 likewise).
    tally: what was counted; of its times, all wall-clock, only those calls that were timed. share: of the time of all rows, 0 to 1.
    waited: ns of tally.total that were spent in calls that sleep by design. rough: min and max are ends of their buckets, at most
    twice as far, because only counts since a reset are known.
    """

    pid: int
    tid: int
    arch: str
    name: str
    tally: Tally
    share: float = 0.0
    waited: int = 0
    rough: bool = False

    @property
    def calls(self) -> int:
        """Calls that returned."""
        return self.tally.count

    @property
    def errors(self) -> int:
        """How many of them failed, with whatever error, as strace -c counts."""
        return sum(self.tally.errors.values())

    @property
    def timed(self) -> int:
        """How many of them were timed."""
        return sum(self.tally.buckets)

    @property
    def mean(self) -> float:
        """ns; 0 where none was timed."""
        timed = self.timed
        return self.tally.total / timed if timed else 0.0

    @property
    def waits(self) -> bool:
        """Most of its time was waiting by design."""
        return self.waited * 2 > self.tally.total

    def percentile(self, share: float) -> float:
        """See percentile()."""
        return percentile(self.tally, share)


def percentile(tally: Tally, share: float) -> float:
    """ns within which so much of the timed calls were over (0.99: all but one in a hundred); 0 where none was timed.

    The true value is in the same bucket of the histogram, so this is more than half and less than double of it; within the bucket
    calls are taken to lie evenly. The first and the last are exact (least, most).
    """
    buckets, timed = tally.buckets, sum(tally.buckets)
    if not timed:
        return 0.0
    # 0.07 * 100 is a little more than 7.
    rank = min(timed, max(1, ceil(share * timed - 1e-9)))
    if rank == 1 or tally.least == tally.most:
        return float(tally.least)
    if rank == timed:
        return float(tally.most)
    before = 0
    for bucket, count in enumerate(buckets):
        if before + count >= rank:
            low, high = span(bucket)
            low, high = max(low, tally.least), tally.most if bucket == BUCKETS - 1 else min(high, tally.most)
            return low + (high - low) * (rank - before - 0.5) / count
        before += count
    return float(tally.most)


def span(bucket: int) -> tuple[int, int]:
    """The shortest and the longest ns that are in a bucket; the last one takes all that are longer, too."""
    return ((1 << bucket) >> 1, (1 << bucket) - 1)


def quantiles(tally: Tally) -> tuple[float, float, float]:
    """p50, p95, p99."""
    return percentile(tally, 0.5), percentile(tally, 0.95), percentile(tally, 0.99)


def add(into: Tally, other: Tally) -> None:
    """What another one counted, too."""
    into.count += other.count
    for errno, count in other.errors.items():
        into.errors[errno] = into.errors.get(errno, 0) + count
    into.total += other.total
    if any(other.buckets):
        into.least = min(into.least, other.least) if any(into.buckets) else other.least
        into.most = max(into.most, other.most)
    into.buckets = [one + more for one, more in zip(into.buckets, other.buckets, strict=True)]


def since(tally: Tally, before: Tally) -> Tally:
    """What was counted after an earlier snapshot of it; least and most are those of their buckets (Counted.rough)."""
    buckets = [max(0, now - then) for now, then in zip(tally.buckets, before.buckets, strict=True)]
    filled = [bucket for bucket, count in enumerate(buckets) if count]
    errors = {errno: count - before.errors.get(errno, 0) for errno, count in tally.errors.items()}
    return Tally(
        max(0, tally.count - before.count),
        {errno: count for errno, count in errors.items() if count > 0},
        max(0, tally.total - before.total),
        max(span(filled[0])[0], tally.least) if filled else 0,
        (tally.most if filled[-1] == BUCKETS - 1 else min(span(filled[-1])[1], tally.most)) if filled else 0,
        buckets,
    )


SORTS: Final[dict[str, Callable[[Counted], tuple[object, ...]]]] = {
    "time": lambda row: (-row.tally.total,),
    "calls": lambda row: (-row.calls,),
    "errors": lambda row: (-row.errors,),
    "mean": lambda row: (-row.mean,),
    "min": lambda row: (-row.tally.least,),
    "max": lambda row: (-row.tally.most,),
    "p50": lambda row: (-row.percentile(0.5),),
    "p95": lambda row: (-row.percentile(0.95),),
    "p99": lambda row: (-row.percentile(0.99),),
    "name": lambda row: (row.name, row.arch),
    "pid": lambda row: (row.pid, row.tid),
    "nothing": lambda _row: (),
}
"""What rows are sorted by: largest first, names and pids ascending; nothing: as they came."""


def ordered(rows: Sequence[Counted], sort: str, *, backwards: bool = False) -> list[Counted]:
    """By a key of SORTS; what is equal by time, then by name, so that a live table does not dance."""
    if sort == "nothing":
        return list(reversed(rows)) if backwards else list(rows)
    calm = sorted(rows, key=lambda row: (-row.tally.total, row.name, row.arch, row.pid, row.tid))
    return sorted(calm, key=SORTS[sort], reverse=backwards)
