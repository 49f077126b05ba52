"""Who was born and ended lately, as the kernel told it."""

from dataclasses import dataclass
from typing import Final

from explorer.model.missing import Missing, Reason

UNSEEN = Missing(Reason.GONE, "gone before it could be read")
UNTOLD = Missing(Reason.GONE, "nobody saw how it ended")


@dataclass(frozen=True, slots=True)
class Birth:
    """A process. when: CLOCK_BOOTTIME seconds. parent: who made it, and its name then, "" where it was not known.

    comm, argv: as far as they could be read; a fork that starts no program has its parent's. lived: seconds, None while it lives.
    status: how it ended, as wait(2) has it; 0 while it lives; UNTOLD where its end, and so how long it lived, was missed.
    """

    pid: int
    parent: int
    parent_comm: str
    when: float
    comm: str | Missing
    argv: tuple[str, ...] | Missing
    lived: float | None = None
    status: int | Missing = 0


@dataclass(frozen=True, slots=True)
class Births:
    """rate: births a second since the table before. total: since we listen. missed: of the last seconds, how many the kernel made
    and could not tell us, threads among them, at the most; all_missed: since we listen. last: the newest last. lossy: something
    was missed in the last seconds, ends maybe. off: why nothing is known.
    """

    rate: float = 0.0
    total: int = 0
    missed: int = 0
    all_missed: int = 0
    last: tuple[Birth, ...] = ()
    lossy: bool = False
    off: Missing | None = None


NOBODY: Final = Births()
"""Where nobody was asked."""
