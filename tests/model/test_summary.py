"""Percentiles from a histogram, and sums of tallies."""

from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from explorer.model.summary import SORTS, Counted, add, ordered, percentile, quantiles, since, span
from explorer.model.tally import BUCKETS, Tally

TIMES = st.lists(st.integers(0, 1 << 45), min_size=1, max_size=200) | st.lists(st.integers(0, 40), min_size=1, max_size=200)


def tally(times: list[int], errors: dict[int, int] | None = None) -> Tally:
    """Calls that took so many ns, counted one by one."""
    out = Tally(len(times), errors or {}, sum(times), min(times, default=0), max(times, default=0))
    for took in times:
        out.buckets[min(BUCKETS - 1, took.bit_length())] += 1
    return out


def row(times: list[int], name: str = "read", pid: int = 0, errors: dict[int, int] | None = None) -> Counted:
    return Counted(pid, 0, "x86_64", name, tally(times, errors))


@given(TIMES, st.sampled_from([0.0, 0.01, 0.5, 0.95, 0.99, 1.0]) | st.floats(0, 1))
def test_a_percentile_is_in_the_true_ones_bucket(times: list[int], share: float) -> None:
    found = percentile(tally(times), share)
    rank = min(len(times), max(1, ceil(share * len(times) - 1e-9)))
    true = sorted(times)[rank - 1]
    low, high = span(true.bit_length())
    assert max(low, min(times)) <= found <= min(high, max(times))
    assert true / 2 <= found <= true * 2


@given(TIMES)
def test_percentiles_go_up(times: list[int]) -> None:
    found = [percentile(tally(times), part / 50) for part in range(51)]
    assert found == sorted(found)
    assert (found[0], found[-1]) == (min(times), max(times))


def test_percentiles_of_what_is_known_exactly() -> None:
    assert quantiles(tally([])) == (0, 0, 0)
    assert quantiles(tally([7])) == (7, 7, 7)
    assert quantiles(tally([5] * 1000)) == (5, 5, 5)
    assert percentile(tally([10] * 99 + [1_000_000]), 1) == 1_000_000
    # 99 of a hundred took 10 ns at the most; that they all did is not in a histogram.
    assert 8 <= percentile(tally([10] * 99 + [1_000_000]), 0.99) <= 15


def test_the_last_bucket_has_no_end() -> None:
    found = tally([1 << 60, 1 << 61, 1 << 62])
    assert found.buckets[-1] == 3
    assert percentile(found, 1) == 1 << 62
    assert 1 << 60 <= percentile(found, 0.5) <= 1 << 62


@given(TIMES, TIMES)
def test_sums_are_as_if_counted_together(one: list[int], other: list[int]) -> None:
    into = tally(one, {2: 1})
    add(into, tally(other, {2: 2, 11: 1}))
    assert into == tally(one + other, {2: 3, 11: 1})
    empty = Tally()
    add(empty, tally(other))
    assert empty == tally(other)
    add(empty, Tally(3))
    assert (empty.count, empty.least) == (len(other) + 3, min(other))


@given(TIMES, TIMES)
def test_what_came_after_a_snapshot(one: list[int], other: list[int]) -> None:
    now = since(tally(one + other, {2: 3, 11: 1}), tally(one, {2: 3}))
    true = tally(other)
    assert (now.count, now.total, now.buckets, now.errors) == (true.count, true.total, true.buckets, {11: 1})
    assert true.least / 2 <= now.least <= true.least
    assert true.most <= now.most <= true.most * 2


def test_a_row_says_what_it_is() -> None:
    one = Counted(1, 2, "x86_64", "poll", tally([10, 20], {4: 1, 11: 2}), 0.5, 30)
    assert (one.calls, one.errors, one.timed, one.mean, one.waits) == (2, 3, 2, 15, True)
    assert not row([10]).waits
    assert Counted(0, 0, "", "", Tally(5)).mean == 0


def test_rows_are_sorted_by_whatever_there_is() -> None:
    rows = [row([5, 5], "b", 3), row([100], "a", 2, {2: 1}), row([1, 1, 1], "c", 1)]
    names = {sort: "".join(each.name for each in ordered(rows, sort)) for sort in SORTS}
    assert names == {
        "time": "abc", "calls": "cba", "errors": "abc", "mean": "abc", "min": "abc", "max": "abc", "p50": "abc", "p95": "abc",
        "p99": "abc", "name": "abc", "pid": "cab", "nothing": "bac",
    }  # fmt: skip
    assert [each.name for each in ordered(rows, "time", backwards=True)] == ["c", "b", "a"]
    assert [each.name for each in ordered(rows, "nothing", backwards=True)] == ["c", "a", "b"]
