"""timerfd_create(2): a timer that can be waited for."""

import re
from dataclasses import dataclass
from typing import ClassVar, Final

from explorer.decode.constants.bits import names
from explorer.decode.constants.clocks import NAMES as CLOCKS
from explorer.decode.fd.raw import RawFd, known
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason

SETTIME_FLAGS: Final = {1: "TFD_TIMER_ABSTIME", 2: "TFD_TIMER_CANCEL_ON_SET"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFd(Fd):
    """clock: by name. ticks: expirations not yet read. value: seconds until it is due, 0 when it is not armed; interval likewise."""

    kind: ClassVar[str] = "timerfd"

    clock: str
    ticks: int | Missing
    settime_flags: tuple[str, ...]
    value: float | Missing
    interval: float | Missing

    @property
    def note(self) -> str:
        return "timerfd"


def decode(raw: RawFd) -> TimerFd | None:
    """anon_inode:[timerfd] (fs/timerfd.c)"""
    clock = raw.number_of("clockid")
    return TimerFd(
        **raw.common,
        clock="" if isinstance(clock, Missing) else CLOCKS.get(clock, str(clock)),
        ticks=raw.number_of("ticks"),
        settime_flags=names(known(raw.number_of("settime flags", 8)), SETTIME_FLAGS),
        value=seconds(raw, "it_value"),
        interval=seconds(raw, "it_interval"),
    )


def seconds(raw: RawFd, key: str) -> float | Missing:
    """`(5, 100)`: seconds and nanoseconds."""
    found = re.fullmatch(r"\((\d{1,18}), (\d{1,9})\)", raw.first(key), re.ASCII)
    if not found:
        return raw.unreadable or Missing(Reason.UNSUPPORTED, f"fdinfo of {raw.number} has no {key}")
    return int(found[1]) + int(found[2]) / 1e9
