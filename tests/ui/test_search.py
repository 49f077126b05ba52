"""Marking hits."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.render.piece import Piece, Role, plain
from explorer.ui.search import Seeking, found, marked


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


def sought(lines: list[str], start: int, by: int) -> int | None:
    seeking = Seeking(lambda at: (Piece(lines[at]),), lambda: len(lines), "x", start, by)
    assert seeking.look(60)
    return seeking.position


def test_a_search_goes_round_in_both_directions() -> None:
    lines = ["x", "-", "x", "-", "-"]
    assert [sought(lines, start, 1) for start in range(5)] == [0, 2, 2, 0, 0]
    assert [sought(lines, start, -1) for start in range(5)] == [0, 0, 2, 2, 2]
    assert sought(["-"] * 5, 3, 1) is None
    assert sought([], 0, 1) is None


def test_a_long_search_gives_the_screen_its_turn() -> None:
    lines = ["-"] * 5000 + ["x"]
    seeking = Seeking(lambda at: (Piece(lines[at]),), lambda: len(lines), "x", 0, 1)
    times = 1
    while not seeking.look(0):
        times += 1
    assert (seeking.position, times) == (5000, 5001)
    lines[:] = lines[:3]
    shorter = Seeking(lambda at: (Piece(lines[at]),), lambda: len(lines), "x", 5000, 1)
    assert shorter.look(60)
    assert shorter.position is None
