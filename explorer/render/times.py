"""Durations and moments as people, and as ps, write them."""

from datetime import datetime
from typing import Final

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86400


def duration(seconds: float) -> str:
    """How long, in one unit that says enough: 800 ns, 5 µs, 18.2 ms, 2.1 s, 41 s, 20 min, 5 h, 12d."""
    if seconds < 0:
        return "0 s"
    if seconds < 0.9995e-6:
        return f"{seconds * 1e9:.0f} ns"
    if seconds < 0.9995e-3:
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 0.9995:
        millis = seconds * 1e3
        return f"{millis:.1f} ms" if millis < 99.95 else f"{millis:.0f} ms"
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    if seconds < 2 * MINUTE:
        return f"{seconds:.0f} s"
    if seconds < 2 * HOUR:
        return f"{int(seconds / MINUTE)} min"
    if seconds < 2 * DAY:
        return f"{int(seconds / HOUR)} h"
    return f"{int(seconds / DAY)}d"


def clock(seconds: int) -> str:
    """CPU time as ps writes TIME: [DD-]HH:MM:SS."""
    days, rest = divmod(max(0, seconds), DAY)
    text = f"{rest // HOUR:02}:{rest // MINUTE % 60:02}:{rest % 60:02}"
    return f"{days:02}-{text}" if days else text


def moment(when: float, now: float) -> str:
    """A start as ps writes STIME, local time: 14:22 today, Jun06 this year, else the year. Seconds since 1970."""
    start, today = local(when), local(now)
    if start is None or today is None:
        return "?"
    if start.year != today.year:
        return f"{start.year}"
    if start.date() != today.date():
        return f"{MONTHS[start.month - 1]}{start.day:02}"
    return f"{start.hour:02}:{start.minute:02}"


def full_moment(when: float) -> str:
    """A moment with its date, local time: 2026-11-25 14:22:07."""
    start = local(when)
    return "?" if start is None else start.strftime("%Y-%m-%d %H:%M:%S")


def clock_moment(when: float) -> str:
    """A moment of today, local time: 14:22:07."""
    start = local(when)
    return "?" if start is None else start.strftime("%H:%M:%S")


def local(when: float) -> datetime | None:
    """The local time, None where no calendar has it."""
    try:
        return datetime.fromtimestamp(when)
    except (ValueError, OverflowError, OSError):
        return None
