"""How each call is decoded: a row a call, a file a family, loaded when one of its calls is asked for.

A call that stands in no family is described by the kernel's prototype (prototype.py), so every call of every table has
its arguments, by name and number.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Final

from explorer.decode.syscall.call import Signature

FAMILIES: Final[dict[str, str]] = {
    "readiness": """
        poll ppoll ppoll_time64 select _newselect pselect6 pselect6_time64
        epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
    """,
    "times": """
        nanosleep clock_nanosleep clock_nanosleep_time64 clock_gettime clock_gettime64 clock_settime clock_settime64 clock_getres
        clock_getres_time64 gettimeofday settimeofday time getitimer setitimer alarm times timer_create timer_settime timer_settime64
        timer_gettime timer_gettime64 timer_getoverrun timer_delete timerfd_create timerfd_settime timerfd_settime64 timerfd_gettime
        timerfd_gettime64
    """,
}


@cache
def families() -> Mapping[str, str]:
    """Call → the family that describes it."""
    return {name: family for family, names in FAMILIES.items() for name in names.split()}


@cache
def signature(name: str, arch: str) -> Signature:
    """The row of a call: of that architecture, else of all; else made from the kernel's prototype."""
    family = families().get(name)
    if family is not None:
        rows: Mapping[str, Signature] = import_module(f"{__name__}.{family}").ROWS
        found = rows.get(f"{name}@{arch}") or rows.get(name)
        if found is not None:
            return found
    from explorer.decode.syscall.prototype import made

    return made(name, arch)
