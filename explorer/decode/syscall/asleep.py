"""Calls in which a thread sleeps by design: what they take is waiting, not work, and no slowness."""

from typing import Final

ASLEEP: Final = frozenset(
    {
        *(
            "clock_nanosleep",
            "epoll_pwait",
            "epoll_pwait2",
            "epoll_wait",
            "futex",
            "futex_wait",
            "futex_waitv",
            "io_getevents",
            "nanosleep",
        ),
        *("pause", "poll", "ppoll", "pselect6", "rt_sigsuspend", "rt_sigtimedwait", "select", "wait4", "waitid", "waitpid"),
        *("clock_nanosleep_time64", "futex_time64", "ppoll_time64", "pselect6_time64", "rt_sigtimedwait_time64", "_newselect"),
    }
)
