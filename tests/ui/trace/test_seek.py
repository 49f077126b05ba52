"""Going through a log for the next row."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model.batch import Batch
from explorer.trace.log import Log
from explorer.ui.trace.seek import Match, Seek
from tests.traces import nginx


def log(count: int, most: int = 10_000) -> Log:
    made = Log(most_rows=most)
    for first in range(0, count, 100):
        made.append(nginx(min(100, count - first)))
    return made


def at(log: Log, *wanted: int) -> Match:
    """Those places."""

    def match(batch: Batch, rows: Sequence[int]) -> list[int]:
        start = next(chunk.start for chunk in log.chunks if chunk.rows is batch)
        return [row for row in rows if start + row in wanted]

    return match


def found(seek: Seek) -> int | None:
    while not seek.work(0.001):
        assert 0 <= seek.progress <= 1
    return seek.found


def test_forwards_and_backwards_without_the_place_itself() -> None:
    made = log(1000)
    match = at(made, 3, 500, 900)
    assert found(Seek(made, 500, 1, match, lambda _place: True)) == 900
    assert found(Seek(made, 500, -1, match, lambda _place: True)) == 3
    assert found(Seek(made, 900, 1, match, lambda _place: True)) is None
    assert found(Seek(made, 900, 1, match, lambda _place: True, round=True)) == 3
    assert found(Seek(made, 3, -1, match, lambda _place: True, round=True)) == 900


def test_what_a_filter_hides_does_not_count() -> None:
    made = log(1000)
    assert found(Seek(made, 0, 1, at(made, 3, 500), lambda place: place != 3)) == 500


def test_rows_may_be_dropped_while_it_goes() -> None:
    made = log(9000, most=10_000)
    seek = Seek(made, -1, 1, at(made, 12_000), lambda _place: True)
    seek.work(0.0001)
    for _ in range(60):
        made.append(nginx(100))
    assert made.first > 0
    assert found(seek) in {None, 12_000}


@pytest.mark.parametrize("start", [-5, 0, 99, 400])
def test_an_empty_log_and_places_outside(start: int) -> None:
    assert found(Seek(Log(), start, 1, at(Log()), lambda _place: True, round=True)) is None
    made = log(100)
    assert found(Seek(made, start, -1, at(made, 50), lambda _place: True, round=True)) == 50


@given(st.sets(st.integers(0, 299)), st.integers(0, 299), st.sampled_from([1, -1]))
def test_it_is_the_nearest_one(wanted: set[int], start: int, by: int) -> None:
    made = log(300)
    nearest = [place for place in sorted(wanted)[::by] if (place - start) * by > 0]
    assert found(Seek(made, start, by, at(made, *wanted), lambda _place: True)) == (nearest[0] if nearest else None)
