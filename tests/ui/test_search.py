"""Marking hits."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.render.piece import Piece, Role, plain
from explorer.ui.search import found, marked


def test_hits_are_marked_across_pieces_and_in_any_case() -> None:
    line = (Piece("usr/", Role.PATH), Piece("bin/Nginx", Role.NAME), Piece(" x"))
    assert marked(line, "R/BIN/n") == (
        Piece("us", Role.PATH), Piece("r/", Role.HIT), Piece("bin/N", Role.HIT), Piece("ginx", Role.NAME), Piece(" x"),
    )  # fmt: skip


@given(st.lists(st.text("abAß ", max_size=6), max_size=5), st.text("abA", max_size=3))
def test_marking_changes_no_text(texts: list[str], words: str) -> None:
    line = tuple(Piece(text) for text in texts)
    assert plain(marked(line, words)) == plain(line)
    if not any(part.role is Role.HIT for part in marked(line, words)) and words and "ß" not in plain(line):
        assert not found(line, words)
