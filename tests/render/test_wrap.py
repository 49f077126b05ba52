"""render/wrap.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.render.width import width
from explorer.render.wrap import wrap


def test_at_blanks() -> None:
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("", 7) == [""]
    assert wrap("incomprehensible", 7) == ["incomp…"]


@settings(max_examples=50, deadline=None)
@given(st.text(), st.integers(1, 40))
def test_never_wider(text: str, columns: int) -> None:
    assert all(width(line) <= columns for line in wrap(text, columns))
