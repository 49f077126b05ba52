"""render/ascii.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.render.ascii import SIGNS, to_ascii


def test_our_signs_have_twins() -> None:
    assert to_ascii("├─└│ … ← → µs ● ▲▼ ≥") == "|-`| ... <- -> us @ ^v >="
    assert all(twin.isascii() for twin in SIGNS.values())


def test_anything_else_is_escaped() -> None:
    assert to_ascii("日\udcff") == r"\u65e5\udcff"


@settings(max_examples=100)
@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_always_ascii(shown: str) -> None:
    assert to_ascii(shown).isascii()
