"""How a wish is counted: by an engine that counts itself, or from the rows of the stream."""

from collections.abc import Sequence
from typing import Final

from explorer.cli.tracing.wish import Wish
from explorer.model.batch import ARCHES, UNFINISHED_END, Batch, Kind
from explorer.model.tally import TallyKey
from explorer.query.trace import TraceFilter
from explorer.trace.matching import table
from explorer.trace.tracer import Capture, Tracer

COUNTABLE: Final = frozenset({"successful", "failed"})


def countable(wish: TraceFilter) -> bool:
    """Whether an engine that counts by thread and call can answer it: what it does not take is not wanted, and calls and threads are
    told apart afterwards."""
    if wish.failed is not None or wish.errors is not None or wish.fds is not None or wish.files or wish.folders is not None or wish.terms:
        return False
    if wish.statuses is not None and (wish.statuses.but or not wish.statuses.items <= COUNTABLE):
        return False
    return not any(table(choice, place)[1] for choice in wish.calls for place in range(len(ARCHES)))


def wanted(wish: TraceFilter, key: TallyKey) -> bool:
    """Of a countable one: whether it wants this tally."""
    for choice in wish.calls:
        if (key.number in table(choice, key.arch)[0]) == choice.but:
            return False
    return (wish.tids is None or key.tid in wish.tids) and (wish.pids is None or key.pid in wish.pids)


def capture(wish: Wish, tracer: Tracer) -> Capture:
    """What an engine has to take: nothing but counts, if it counts."""
    taken = wish.capture()
    what = frozenset({"summary" if "summary" in tracer.COUNTS and countable(wish.filter) else "stream"})
    return Capture(taken.calls, taken.tids, taken.failed, taken.succeeded, taken.slower, taken.fds, 0, follow=taken.follow, what=what)


def first(batch: Batch, rows: Sequence[int], count: int) -> list[int]:
    """Rows up to the count-th call that is counted."""
    out: list[int] = []
    for row in rows:
        if batch.kinds[row] == Kind.CALL and batch.results[row] != UNFINISHED_END:
            if count <= 0:
                break
            count -= 1
        out.append(row)
    return out
