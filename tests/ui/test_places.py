"""Which pane is in which panel."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.ui.places import Places

LETTERS = "lboveL"
START = Places(LETTERS, "l", "b")


def test_a_pane_opens_where_it_stands_already() -> None:
    assert START.opened("b", "", both=True) == (START, "second")
    assert START.opened("l", "second", both=True) == (START, "first")


def test_else_in_the_panel_that_has_the_keys_else_in_the_first() -> None:
    assert START.opened("v", "second", both=True) == (Places(LETTERS, "l", "v"), "second")
    assert START.opened("v", "", both=True) == (Places(LETTERS, "v", "b"), "first")


def test_with_one_panel_only_everything_opens_there() -> None:
    assert START.opened("b", "", both=False) == (Places(LETTERS, "b", "l"), "first")
    assert START.tabs("first", both=False) == list(LETTERS)
    assert START.tabs("first", both=True) == list("loveL")
    assert START.tabs("second", both=True) == ["b"]


@given(st.lists(st.tuples(st.sampled_from(LETTERS), st.sampled_from(["", "first", "second"]), st.booleans())))
def test_a_pane_is_never_in_both(steps: list[tuple[str, str, bool]]) -> None:
    places = START
    for letter, asked, both in steps:
        places, where = places.opened(letter, asked, both=both)
        assert places.first != places.second
        assert getattr(places, where) == letter
