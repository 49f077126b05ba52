"""trace/log.py: the bounded store."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model.batch import Batch, Kind
from explorer.model.event import Unfinished
from explorer.model.trace import Syscall
from explorer.trace.log import CHUNK, Log
from explorer.trace.payload import pack


def getpid(batch: Batch, result: int, kind: Kind = Kind.CALL, tid: int = 7) -> None:
    batch.add(kind, tid, 7, result, 39, result, 1, pack((0,) * 6, [], []))


def calls(count: int, first: int = 0) -> Batch:
    batch = Batch()
    for number in range(first, first + count):
        getpid(batch, number)
    return batch


def result(log: Log, place: int) -> int:
    event = log.event(place).what
    assert isinstance(event, Syscall)
    assert event.result is not None
    return event.result.raw


@given(st.lists(st.integers(0, 30), max_size=30))
def test_a_row_keeps_its_place(sizes: list[int]) -> None:
    log, came = Log(), 0
    for size in sizes:
        log.append(calls(size, came))
        came += size
    assert (log.first, log.end, len(log), log.calls) == (0, came, came, came)
    assert [result(log, place) for place in range(came)] == list(range(came))


def test_the_oldest_are_dropped_and_counted() -> None:
    log = Log(most=500_000)
    for start in range(0, 40_000, 1_000):
        log.append(calls(1_000, start))
    assert log.size <= 500_000 + calls(CHUNK).size
    assert log.end == log.calls == 40_000
    assert 0 < len(log) < 40_000
    assert log.first == 40_000 - len(log)
    assert result(log, log.first) == log.first
    assert result(log, log.end - 1) == 39_999
    with pytest.raises(IndexError):
        log.event(log.first - 1)
    with pytest.raises(IndexError):
        log.event(log.end)


def test_rows_bound_it_too() -> None:
    log = Log(most_rows=10_000)
    for start in range(0, 40_000, 4_096):
        log.append(calls(4_096, start))
    assert 10_000 - CHUNK <= len(log) <= 10_000


def test_lost_ones_are_summed() -> None:
    log = Log()
    batch = calls(3)
    batch.add(Kind.LOST, 0, 0, 5, result=17)
    log.append(batch)
    log.append(calls(1))
    assert (log.lost, log.calls, len(log)) == (17, 4, 5)


def test_a_call_in_flight_is_no_row_and_ends_with_its_call() -> None:
    log = Log()
    batch = calls(1)
    getpid(batch, 50, Kind.PENDING, tid=8)
    getpid(batch, 40, Kind.PENDING, tid=9)
    log.append(batch)
    assert len(log) == 1
    flying = list(log.flying())
    assert [event.tid for event in flying] == [9, 8]
    assert isinstance(flying[0].what, Unfinished)
    done = Batch()
    getpid(done, 60, tid=8)
    done.add(Kind.EXITED, 9, 7, 70)
    log.append(done)
    assert list(log.flying()) == []
    assert len(log) == 3


def test_cleared_places_go_on() -> None:
    log = Log()
    log.append(calls(5))
    log.clear()
    assert (log.first, log.end, len(log), log.size) == (5, 5, 0, 0)
    log.append(calls(1, 77))
    assert result(log, 5) == 77
