"""Why a fact is absent."""

from dataclasses import dataclass
from enum import Enum


class Reason(Enum):
    """The four ways in which Linux does not answer."""

    GONE = "gone"
    DENIED = "denied"
    UNSUPPORTED = "unsupported"
    TIMED_OUT = "timed out"


@dataclass(frozen=True, slots=True)
class Missing:
    """Stands where a value would: the reason, what was asked for (detail), and what would make it work (cure)."""

    reason: Reason
    detail: str = ""
    cure: str = ""


class Unreadable(Exception):
    """Linux did not give us what we asked for. Raised by kernel only; `missing` is what to show in its place."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(f"{missing.detail}: {missing.reason.value}")
        self.missing = missing
