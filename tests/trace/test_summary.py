"""Calls counted by whom and which: from rows, and from an engine's own snapshots."""

import time
from collections import Counter
from collections.abc import Sequence

from hypothesis import given

from explorer.model.batch import UNFINISHED_END, UNKNOWN, Batch, Kind
from explorer.model.summary import By
from explorer.model.tally import Tally, TallyKey
from explorer.trace.matching import LARGEST
from explorer.trace.summary import MOST, Summary
from tests.traces import batches, nginx

READ, WRITE, OPENAT, POLL, EXIT = 0, 1, 257, 7, 231
I386 = 1


def batch(*rows: tuple[int, int, int, int]) -> Batch:
    """(tid, number, result, took); the process of a tid is its hundred."""
    out = Batch()
    for tid, number, result, took in rows:
        out.add(Kind.CALL, tid, tid // 100 * 100, len(out), number, result, took)
    return out


def of(summary: Summary, by: By = "call") -> dict[tuple[int, int, str, str], int]:
    return {(row.pid, row.tid, row.arch, row.name): row.calls for row in summary.rows(by)}


def snapshot(*counts: tuple[TallyKey, Tally]) -> Batch:
    return Batch(tallies=dict(counts))


def tally(times: Sequence[int], errors: dict[int, int] | None = None) -> Tally:
    out = Tally(len(times), errors or {}, sum(times), min(times), max(times))
    for took in times:
        out.buckets[took.bit_length()] += 1
    return out


def test_rows_by_all_that_there_is() -> None:
    summary = Summary()
    summary.take(batch((100, READ, 5, 10), (101, READ, -11, 30), (200, READ, 1, 61), (200, OPENAT, -2, 99)))
    assert of(summary) == {(0, 0, "x86_64", "read"): 3, (0, 0, "x86_64", "openat"): 1}
    assert of(summary, "process") == {(100, 0, "", ""): 2, (200, 0, "", ""): 2}
    assert of(summary, "thread") == {(100, 100, "", ""): 1, (100, 101, "", ""): 1, (200, 200, "", ""): 2}
    assert of(summary, "process call") == {
        (100, 0, "x86_64", "read"): 2, (200, 0, "x86_64", "read"): 1, (200, 0, "x86_64", "openat"): 1,
    }  # fmt: skip
    first, second = summary.rows()
    assert (first.name, first.tally.total, first.share, first.tally.errors) == ("read", 101, 0.505, {11: 1})
    assert (first.tally.least, first.tally.most, first.mean) == (10, 61, 101 / 3)
    assert (second.name, second.tally.errors, second.errors) == ("openat", {2: 1}, 1)
    assert [row.name for row in summary.rows(pid=100)] == ["read"]
    assert [row.calls for row in summary.rows(tid=101)] == [1]
    whole = summary.total()
    assert (whole.calls, whole.errors, whole.tally.total, whole.share) == (4, 2, 200, 1)


def test_nothing_was_counted() -> None:
    summary = Summary()
    summary.take(Batch())
    assert summary.rows() == []
    assert (summary.total().calls, summary.total().share, summary.flying()) == (0, 0, [])


def test_waiting_by_design_is_told_apart() -> None:
    summary = Summary()
    summary.take(batch((100, POLL, 0, 900), (100, READ, 5, 100)))
    poll, read = summary.rows()
    assert (poll.name, poll.waits, poll.waited) == ("poll", True, 900)
    assert (read.waits, read.waited) == (False, 0)
    (process,) = summary.rows("process")
    assert (process.waited, process.tally.total) == (900, 1000)
    assert summary.total().waited == 900


def test_case_47_a_32_bit_call_is_not_the_64_bit_call_of_its_number() -> None:
    summary, both = Summary(), batch((100, 4, 0, 10), (100, 4, 6, 10), (100, 4, 6, 10))
    both.arches[1] = both.arches[2] = I386
    summary.take(both)
    assert of(summary) == {(0, 0, "x86_64", "stat"): 1, (0, 0, "i386", "write"): 2}


def test_what_never_returned_is_not_counted_and_what_was_not_timed_is() -> None:
    summary = Summary()
    summary.take(batch((100, EXIT, UNFINISHED_END, 10), (100, READ, 5, UNKNOWN), (100, READ, 5, 8)))
    (row,) = summary.rows()
    assert (row.name, row.calls, row.timed, row.mean, row.tally.least) == ("read", 2, 1, 8, 8)
    summary = Summary()
    summary.take(batch((100, READ, -4, UNKNOWN)))
    assert [(row.calls, row.errors, row.mean, row.share, row.percentile(0.5)) for row in summary.rows()] == [(1, 1, 0, 0, 0)]


def test_case_55_what_is_lost_makes_it_incomplete() -> None:
    summary, some = Summary(), batch((100, READ, 5, 10))
    assert summary.incomplete == 0
    some.add(Kind.LOST, 0, 0, 5, result=70)
    some.add(Kind.LOST, 0, 0, 6, result=7)
    summary.take(some)
    assert (summary.incomplete, summary.total().calls) == (77, 1)
    summary.reset()
    assert (summary.incomplete, summary.rows()) == (0, [])


def test_calls_in_flight_are_told_and_not_counted() -> None:
    summary, some = Summary(), Batch()
    some.add(Kind.CALL, 100, 100, 1, READ, 5, 10)
    some.add(Kind.PENDING, 101, 100, 3, POLL)
    some.add(Kind.PENDING, 100, 100, 2, READ)
    summary.take(some)
    assert summary.total().calls == 1
    assert [(flight.tid, flight.name, flight.since) for flight in summary.flying()] == [(100, "read", 2), (101, "poll", 3)]
    more = Batch()
    more.add(Kind.EXITED, 101, 100, 9)
    more.add(Kind.PENDING, 100, 100, 8, WRITE)
    summary.take(more)
    assert [(flight.tid, flight.name) for flight in summary.flying()] == [(100, "write")]
    summary.take(batch((100, WRITE, 5, 10)))
    assert summary.flying() == []
    both = batch((100, READ, 5, 10))
    both.add(Kind.PENDING, 100, 100, 20, READ)
    both.add(Kind.CALL, 100, 100, 20, READ, 5, 10)
    summary.take(both)
    assert summary.flying() == []


def test_only_some_rows_of_a_batch() -> None:
    summary, some = Summary(), batch((100, READ, 5, 10), (100, WRITE, -2, 7), (101, OPENAT, 3, 10))
    some.add(Kind.LOST, 0, 0, 1, result=3)
    some.add(Kind.PENDING, 100, 100, 2, READ)
    some.add(Kind.PENDING, 101, 100, 2, POLL)
    summary.take(some, [1, 4])
    (row,) = summary.rows()
    assert (row.name, row.calls, row.tally.errors, row.tally.total, summary.incomplete) == ("write", 1, {2: 1}, 7, 3)
    assert [flight.name for flight in summary.flying()] == ["read"]
    # What is not counted ends a call in flight, too.
    summary.take(batch((100, READ, 5, 10)), [])
    assert summary.flying() == []
    assert summary.total().calls == 1


def test_an_engine_that_counts_itself_is_believed() -> None:
    summary, key = Summary(), TallyKey(100, 100, 0, READ)
    first = snapshot((key, tally([5, 6], {11: 1})), (TallyKey(100, 101, 1, 4), tally([9])))
    first.add(Kind.CALL, 100, 100, 1, READ, 5, 10)
    first.add(Kind.LOST, 0, 0, 1, result=9)
    first.add(Kind.PENDING, 100, 100, 2, POLL)
    summary.take(first)
    assert of(summary) == {(0, 0, "x86_64", "read"): 2, (0, 0, "i386", "write"): 1}
    assert (summary.counted, summary.incomplete, len(summary.flying())) == (True, 0, 1)
    summary.take(batch((100, READ, 5, 10)))
    assert summary.total().calls == 3
    summary.take(snapshot((key, tally([5, 6, 1000], {11: 2}))))
    (row,) = summary.rows()
    assert (row.calls, row.errors, row.tally.least, row.tally.most, row.rough) == (3, 2, 5, 1000, False)
    summary.take(snapshot())
    assert summary.rows() == []


def test_only_some_tallies() -> None:
    summary = Summary(wanted=lambda key: key.number == READ)
    summary.take(snapshot((TallyKey(1, 1, 0, READ), tally([5])), (TallyKey(1, 1, 0, WRITE), tally([5]))))
    assert of(summary) == {(0, 0, "x86_64", "read"): 1}


def test_snapshots_after_a_reset_count_from_there() -> None:
    summary, key, other = Summary(), TallyKey(100, 100, 0, READ), TallyKey(100, 100, 0, WRITE)
    mine = tally([5, 6], {11: 1})
    summary.take(snapshot((key, mine)))
    summary.reset()
    assert summary.rows() == []
    # An engine may go on with its own.
    mine.count, mine.total, mine.most, mine.errors[11], mine.buckets[10] = 3, 1011, 1000, 2, 1
    summary.take(snapshot((key, mine), (other, tally([3]))))
    read, write = summary.rows()
    assert (read.calls, read.tally.total, read.tally.errors, read.rough) == (1, 1000, {11: 1}, True)
    assert 500 <= read.tally.least <= 1000 <= read.tally.most
    assert (write.calls, write.tally.least, write.rough) == (1, 3, False)
    assert summary.total().rough


def test_a_number_that_was_used_again_is_not_counted_from_before() -> None:
    summary, key = Summary(), TallyKey(100, 100, 0, READ)
    summary.take(snapshot((key, tally([5] * 9))))
    summary.reset()
    summary.take(snapshot((key, tally([7]))))
    assert [(row.calls, row.tally.total, row.rough) for row in summary.rows()] == [(1, 7, False)]


def test_a_reset_before_the_first_snapshot() -> None:
    summary, key = Summary(), TallyKey(100, 100, 0, READ)
    summary.reset()
    summary.take(snapshot((key, tally([5, 5]))))
    assert summary.rows() == []
    summary.take(snapshot((key, tally([5, 5, 5]))))
    assert summary.total().calls == 1


def test_processes_without_end_do_not_fill_the_memory() -> None:
    summary = Summary(most=50)
    for pid in range(100, 20_000, 100):
        one = batch((pid, READ, -11, 5), (pid, WRITE, 1, 7), (pid + 1, WRITE, 1, 9))
        one.add(Kind.EXITED, pid + 1, pid, 9)
        if pid != 300:
            one.add(Kind.EXITED, pid, pid, 9)
        summary.take(one)
    assert len(summary._rows) <= 53
    assert [(row.name, row.calls, row.tally.total, row.errors) for row in summary.rows(sort="name")] == [
        ("read", 199, 995, 199), ("write", 398, 199 * 16, 0),
    ]  # fmt: skip
    by_process = {row.pid: row.calls for row in summary.rows("process")}
    assert sum(by_process.values()) == 597
    assert by_process[300] == 3
    assert by_process[0] > 400
    assert MOST > 1000


@given(batches())
def test_whatever_comes_is_counted_as_one_by_one(any_batch: Batch) -> None:
    summary = Summary()
    summary.take(any_batch)
    calls = [row for row, kind in enumerate(any_batch.kinds) if kind == Kind.CALL and any_batch.results[row] != UNFINISHED_END]
    whole = summary.total()
    assert whole.calls == len(calls) == sum(row.calls for row in summary.rows("thread"))
    assert whole.timed == sum(any_batch.tooks[row] >= 0 for row in calls)
    assert whole.tally.errors == Counter(-any_batch.results[row] for row in calls if -LARGEST <= any_batch.results[row] < 0)
    assert abs(sum(row.share for row in summary.rows("process call")) - bool(whole.tally.total)) < 1e-6


def test_it_is_quick() -> None:
    summary, some = Summary(), nginx(5_000)
    began = time.process_time()
    for _ in range(20):
        summary.take(some)
    assert time.process_time() - began < 1.0
    assert summary.total().calls == 100_000
