"""What was used a second, between two samples."""

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.model.missing import Missing
from explorer.model.overview import Usage
from explorer.model.process import TICKS


@dataclass(frozen=True, slots=True)
class Rates:
    """seconds: between the samples. user, system: per cent of one core. faults, switches: a second. io: field → a second."""

    seconds: float
    user: float
    system: float
    minor_faults: float
    major_faults: float
    io: Mapping[str, float]


def rates(before: Usage, after: Usage) -> Rates | None:
    """None where no time passed, or it went backwards."""
    seconds = after.taken - before.taken
    if seconds <= 0:
        return None
    counted = {} if isinstance(before.io, Missing) or isinstance(after.io, Missing) else after.io
    earlier = {} if isinstance(before.io, Missing) else before.io
    return Rates(
        seconds,
        100 * max(0, after.utime - before.utime) / TICKS / seconds,
        100 * max(0, after.stime - before.stime) / TICKS / seconds,
        max(0, after.minor_faults - before.minor_faults) / seconds,
        max(0, after.major_faults - before.major_faults) / seconds,
        {key: max(0, value - earlier[key]) / seconds for key, value in counted.items() if key in earlier},
    )
