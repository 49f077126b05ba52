"""Everybody gets a turn in time; the active ones each time."""

from explorer.collect.turns import MOST_ACTIVE, QUIET, Turns


def test_everybody_in_three_seconds() -> None:
    turns, known = Turns(), range(1000)
    turns.due(100.0, known)
    seen = [pid for tick in range(1, 4) for pid in turns.due(100.0 + tick, known)]
    assert len(set(seen)) == 1000
    assert max(len(turns.due(104.0 + tick, known)) for tick in range(9)) <= 334
    assert len(turns.due(200.0, known)) == 1000


def test_the_active_come_each_time_until_they_are_quiet() -> None:
    turns, known = Turns(), dict.fromkeys(range(100))
    turns.due(100.0, known)
    turns.moved([7, 8, 200])
    for _ in range(QUIET):
        assert {7, 8} <= turns.due(100.0, known).keys()
        still, rested = turns.stood({7})
        assert still == [7]
    assert rested == [7]
    assert list(turns.due(100.0, known)) == [8]
    turns.forget([8])
    assert list(turns.due(100.0, known)) == []


def test_too_many_active_ones_take_turns() -> None:
    turns, known = Turns(), range(2 * MOST_ACTIVE)
    turns.due(100.0, known)
    turns.moved(known)
    assert turns.due(100.0, known).keys() | turns.due(100.0, known).keys() == set(known)
