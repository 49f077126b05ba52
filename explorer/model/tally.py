"""System calls counted, one tally for each thread and call."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

BUCKETS: Final = 48
"""A call of so many ns is in bucket ns.bit_length(), the last one takes all that are longer."""


class TallyKey(NamedTuple):
    """Whose calls, and which. arch: a place in batch.ARCHES."""

    pid: int
    tid: int
    arch: int
    number: int


@dataclass(slots=True)
class Tally:
    """count: finished calls. errors: errno → how many of them. total, least, most: ns that they took; least 0 where none is timed."""

    count: int = 0
    errors: dict[int, int] = field(default_factory=dict)
    total: int = 0
    least: int = 0
    most: int = 0
    buckets: list[int] = field(default_factory=lambda: [0] * BUCKETS)


Tallies = dict[TallyKey, Tally]
