"""perf_event_open(2): a counter. fdinfo says which one only in newer kernels (6.18 does not yet)."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.raw import RawFd
from explorer.model.fd import Fd


@dataclass(frozen=True, slots=True, kw_only=True)
class PerfEvent(Fd):
    """says: what fdinfo adds, in the kernel's words."""

    kind: ClassVar[str] = "perf"

    says: tuple[tuple[str, str], ...] = ()

    @property
    def note(self) -> str:
        return "perf_event"


USUAL = {"pos", "flags", "mnt_id", "ino"}


def decode(raw: RawFd) -> PerfEvent | None:
    """anon_inode:[perf_event] (kernel/events/core.c)"""
    return PerfEvent(**raw.common, says=tuple((key, value) for key, value in raw.lines if key not in USUAL))
