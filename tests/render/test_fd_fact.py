"""render/fd_fact.py"""

from explorer.render.fd_fact import row
from explorer.render.piece import line, piece, plain


def test_text_or_pieces() -> None:
    assert plain(row("key", "value").value) == "value"
    found = row("a\nkey", line(piece("x"), piece("y")), "raw")
    assert (found.key, plain(found.value), found.raw) == (r"a\nkey", "xy", "raw")
