"""A time to come: nanosleep and clock_nanosleep."""

from typing import Final

from explorer.collect.waits.blocked import Blocked, signed
from explorer.model.stack import Wait

TIMER_ABSTIME: Final = 1


def find(blocked: Blocked) -> Wait | None:
    """When it is over: exact where a moment was asked for, else reckoned from when it fell asleep."""
    if blocked.name == "nanosleep":
        clock, flags, request = 1, 0, blocked.args[0]
    else:
        clock, flags, request = signed(blocked.args[0]), blocked.args[1], blocked.args[2]
    time = blocked.time_at(request)
    if time is None:
        return Wait("timer", "sleeps for a time")
    if flags & TIMER_ABSTIME:
        due, most = blocked.until(time, clock), False
    else:
        due, most = blocked.left(time)
    return Wait("timer", "sleeps", due=due, due_most=most)
