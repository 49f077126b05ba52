"""render/piece.py"""

from explorer.render.piece import Piece, Role, line, piece, plain


def test_piece_escapes_whatever_it_is_given() -> None:
    assert piece("a\x1b[2Jb", Role.PATH) == Piece(r"a\e[2Jb", Role.PATH)
    assert piece(7) == Piece("7", Role.TEXT)


def test_lines() -> None:
    made = line("a\nb", Piece("c", Role.NAME))
    assert made == (Piece(r"a\nb"), Piece("c", Role.NAME))
    assert plain(made) == r"a\nbc"
