"""How far a copy of a file is, or how it ended."""

from dataclasses import dataclass

from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True)
class Copied:
    """place: the file where it was written. copied: bytes so far, holes counted; size: of the file. written: bytes without the holes.

    rate: bytes a second. done: it is ended. left: bytes that were added since and are not in it. why: it broke off; place then has what was
    copied, or is not there at all where that is 0.
    """

    place: str
    copied: int = 0
    size: int = 0
    written: int = 0
    rate: float = 0.0
    done: bool = False
    left: int = 0
    why: Missing | None = None
