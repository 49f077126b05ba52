"""Whether something works on this machine."""

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """FACT: nothing of ours depends on it yet."""

    WORKS = "works"
    PARTLY = "partly"
    NOT = "does not work"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Check:
    """name: what was tried. detail: what came of it. cure: what would make it work, "" for nothing.

    parts: what it depends on, each looked at by itself.
    """

    name: str
    verdict: Verdict
    detail: str
    cure: str = ""
    parts: tuple["Check", ...] = ()
