"""A fact about a descriptor that is opened: a key, what it means, and the kernel's own text beside it."""

from typing import NamedTuple

from explorer.render.piece import Line, line, piece


class Fact(NamedTuple):
    """raw: the text of fdinfo, "" where the value is all there is."""

    key: str
    value: Line
    raw: str = ""


def row(key: str, value: Line | str, raw: str = "") -> Fact:
    """A fact whose value may be plain text."""
    return Fact(piece(key).text, value if isinstance(value, tuple) else line(value), raw)
