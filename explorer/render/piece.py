"""Pieces of text with a role: all that render returns."""

from enum import Enum
from typing import NamedTuple

from explorer.render.printable import printable


class Role(Enum):
    """What a text means; the screen's themes give it a colour, and whatever a colour says is said again in words."""

    TEXT = "text"
    NAME = "name"
    SECONDARY = "secondary"
    RULE = "rule"
    BRANCH = "branch"
    PATH = "path"
    FAILED = "failed"
    MIND = "mind"
    NEW = "new"
    GONE = "gone"
    PRIVILEGED = "privileged"
    HIT = "hit"
    ANCESTOR = "ancestor"
    KEY = "key"
    TITLE = "title"

    __hash__ = object.__hash__  # Enum's own is Python, and each piece that is drawn asks for it


class Piece(NamedTuple):
    """A printable text and its role. Make it with piece(), which escapes."""

    text: str
    role: Role = Role.TEXT


Line = tuple[Piece, ...]


def piece(text: object, role: Role = Role.TEXT) -> Piece:
    """The one way from a fact's text to a piece."""
    return Piece(printable(str(text)), role)


def line(*parts: Piece | str) -> Line:
    """A line of pieces; a bare str is plain text."""
    return tuple(part if isinstance(part, Piece) else piece(part) for part in parts)


def plain(pieces: Line) -> str:
    """The text without roles."""
    return "".join(part.text for part in pieces)
