"""model/peek.py: what was, and what comes."""

from explorer.model.peek import Peeked


def test_the_place_divides_the_data() -> None:
    look = Peeked(3, "/x", "r", position=14, size=20, place=14, start=10, data=b"0123456789")
    assert (look.before, look.after) == (b"0123", b"456789")
    assert Peeked(3, "/x", "r", 5, 20, 5, 10, b"01").after == b"01"
