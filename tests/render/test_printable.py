"""render/printable.py"""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.text import text
from explorer.render.printable import HIDDEN, escaped, printable

ANYTHING = st.text(st.characters(codec=None, exclude_categories=())) | st.binary(max_size=60).map(text)
ODD = st.text(st.sampled_from("a\u0301\u200d\ufe0f\x1b\n\0\u202e\udcff\u0308e\u20dd \u3164"), max_size=30)


@settings(max_examples=200)
@given(ANYTHING | ODD)
def test_nothing_that_a_terminal_obeys_is_left(shown: str) -> None:
    for char in printable(shown):
        assert unicodedata.category(char) not in HIDDEN


@settings(max_examples=200)
@given(ANYTHING | ODD)
def test_twice_is_once(shown: str) -> None:
    assert printable(printable(shown)) == printable(shown)


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b]0;PWN\x07", r"\e]0;PWN\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\nb\tc\r\0", r"a\nb\tc\r\0"),
        ("a\u202eb\u2066", r"a\u202eb\u2066"),
        (text(b"\xff\xfe"), r"\xff\xfe"),
        ("\u200b\ufeff", r"\u200b\ufeff"),
        ("\U000e0041", r"\U000e0041"),
        ("\u2028", r"\u2028"),
        ("❤\ufe0f", r"❤\ufe0f"),
        ("a\u3164b", r"a\u3164b"),
        ("plain \\n stays", "plain \\n stays"),
        ("日本語 é ﬁ 👍", "日本語 é ﬁ 👍"),
        ("[/red] [@click=app.bell]x", "[/red] [@click=app.bell]x"),
        ("a\xa0b", "a b"),
    ],
)
def test_words(hostile: str, shown: str) -> None:
    assert printable(hostile) == shown


def test_a_tower_of_marks_is_cut() -> None:
    shown = printable("a" + "\u0301" * 50)
    assert shown.startswith("a" + "\u0301" * 4 + r"\u0301")
    assert sum(unicodedata.combining(char) > 0 for char in shown) == 4


def test_a_mark_without_a_letter_stands_on_nothing_of_ours() -> None:
    assert printable("\u0301x") == r"\u0301x"


def test_escapes_tell_apart() -> None:
    assert (
        len({escaped(chr(code)) for code in (*range(32), 0x7F, *range(0x80, 0xA0), 0xDC80, 0xDCFF, 0x202E, 0xE0041)}) == 32 + 1 + 32 + 4 - 1
    )
    # A byte that is no UTF-8 and the control character with its number look the same: both are that byte.
    assert escaped("\udc9b") == escaped("\x9b") == r"\x9b"
