"""Resource limits."""

from dataclasses import dataclass

from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True)
class Limit:
    """A line of /proc/PID/limits. name, unit: as there. soft, hard: None is unlimited."""

    name: str
    soft: int | None
    hard: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Used:
    """A limit and the use beside it, in the limit's unit. used: Missing where it cannot be read or the kernel does not count it.

    note: what the number is or is not.
    """

    limit: Limit
    used: int | Missing
    note: str = ""
