"""render/width.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.render.piece import Line, Piece, plain
from explorer.render.printable import printable
from explorer.render.width import cut, cut_middle, fit, width

TEXT = st.text(st.sampled_from("ab日é\u0301👍…─ \u0308"), max_size=30).map(printable) | st.text(max_size=30).map(printable)
LINE = st.lists(TEXT.map(Piece), max_size=6).map(tuple)


def test_columns() -> None:
    assert width("abc") == 3
    assert width("日本") == 4
    assert width("e\u0301") == 1
    assert width("👍") == 2
    assert width("├─…µ") == 4
    assert width("") == 0


@settings(max_examples=200)
@given(TEXT, st.integers(-2, 40))
def test_cut_fits(shown: str, columns: int) -> None:
    for made in (cut(shown, columns), cut_middle(shown, columns), cut(shown, columns, "..."), cut_middle(shown, columns, "...")):
        assert width(made) <= max(0, columns)


@settings(max_examples=200)
@given(TEXT)
def test_what_fits_is_left_alone(shown: str) -> None:
    assert cut(shown, width(shown)) == cut_middle(shown, width(shown)) == shown
    assert plain(fit((Piece(shown),), width(shown))) == shown


@settings(max_examples=200)
@given(LINE, st.integers(0, 60))
def test_a_line_fits(line: Line, columns: int) -> None:
    made = fit(line, columns)
    assert width(plain(made)) <= columns
    if width(plain(line)) <= columns:
        assert plain(made) == plain(line)


def test_cut_words() -> None:
    assert cut("abcdef", 4) == "abc…"
    assert cut_middle("/usr/lib/x", 7) == "/us…b/x"
    assert cut_middle("abcdef", 2) == "a…"
    assert cut("日本語", 4) == "日…"
    assert cut("abc", 0) == ""
    assert cut("abcdef", 2, "...") == ".."


def test_a_mark_does_not_end_up_on_the_ellipsis() -> None:
    assert "…\u0301" not in cut_middle("abcdefghe\u0301\u0301z", 5)


def test_a_cut_line_says_so() -> None:
    assert plain(fit((Piece("abc"), Piece("def")), 5)) == "abcd…"
    assert plain(fit((Piece("abc"), Piece("def")), 3)) == "ab…"
    assert plain(fit((Piece("abc"), Piece("")), 3)) == "abc"
