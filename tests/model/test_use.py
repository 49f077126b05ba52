"""Counted uses begin with nothing and are told apart by process and name."""

from explorer.model.use import Use, UseKey


def test_an_empty_use() -> None:
    one, other = Use(), Use()
    one.errors[11] = 1
    assert (other.reads, other.read_bytes, other.writes, other.written_bytes, other.others, other.errors) == (0, 0, 0, 0, 0, {})


def test_a_key_keeps_names_that_are_no_utf8() -> None:
    assert UseKey(1, b"/a\xff") != UseKey(1, b"/a")
    assert UseKey(1, b"/a") != UseKey(2, b"/a")
