"""Whether the descriptors of a process become more."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Grown:
    """What became more by so many. kind: tcp, unix, regular …. how: "to", "at", "in" or "". target: address, path, folder; "" for any."""

    kind: str
    by: int
    how: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Leak:
    """by: so many more in the last seconds, and in most parts of that time. grown: what, most first; "" where nothing stands out."""

    seconds: float
    by: int
    grown: tuple[Grown, ...] = ()

    @property
    def rate(self) -> float:
        """Descriptors a second."""
        return self.by / self.seconds


@dataclass(frozen=True, slots=True)
class Trend:
    """by: how many more there are than so many seconds ago, negative where fewer. leak: None where they do not grow steadily."""

    by: int = 0
    seconds: float = 0.0
    leak: Leak | None = None


STILL: Final = Trend()
"""Nothing that changes."""
