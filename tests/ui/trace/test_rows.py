"""Positions of rows, of what they unfold to, and of calls in flight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.render.piece import line
from explorer.trace.log import Log
from explorer.trace.view import View
from explorer.ui.trace.rows import Rows, Spot
from tests.traces import nginx
from tests.ui.trace.fakes import pending


def rows(count: int = 5, *, flying: bool = False) -> Rows:
    log = Log()
    log.append(nginx(count))
    if flying:
        log.append(pending(900))
    view = View(log)
    view.work()
    made = Rows(view)
    made.update()
    return made


def test_a_line_a_row_and_flights_at_the_end() -> None:
    found = rows(3, flying=True)
    assert [found.at(at) for at in range(len(found))] == [Spot(0, -1, 0), Spot(1, -1, 1), Spot(2, -1, 2), Spot(-901, -1, 3)]
    assert [found.item(key) for key in (0, 2, -901, 7, -5)] == [0, 2, 3, None, None]


def test_what_a_row_unfolds_to_stands_below_it() -> None:
    found = rows(3)
    found.opened[1] = (line("a"), line("b"))
    found.update()
    assert [(spot.key, spot.inner) for spot in map(found.at, range(len(found)))] == [(0, -1), (1, -1), (1, 0), (1, 1), (2, -1)]
    assert (found.position(1), found.position(1, 1), found.position(2)) == (1, 3, 4)
    with pytest.raises(IndexError):
        found.at(5)


def test_held_no_newer_row_is_shown_nor_a_flight() -> None:
    found = rows(3, flying=True)
    found.held = 2
    found.update()
    assert len(found) == 2


def test_what_was_dropped_is_closed() -> None:
    found = rows(3)
    found.opened.update({0: (line("a"),), -77: (line("b"),)})
    found.view.log.clear()
    found.forget()
    assert found.opened == {}


@given(st.sets(st.integers(0, 9)), st.integers(0, 4))
def test_position_and_at_are_each_others_inverse(opened: set[int], size: int) -> None:
    found = rows(10)
    found.opened = {key: (line("x"),) * size for key in opened}
    found.update()
    assert len(found) == 10 + size * len(opened)
    for position in range(len(found)):
        spot = found.at(position)
        assert found.position(spot.item, spot.inner) == position
