"""Calls that sleep by design; why a path was refused, in words that need no look at the file system."""

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
"""Calls in which a process is asleep by design: their time is no slowness."""
REFUSALS: Final = {
    "ENOENT": "{path}, or a directory on the way to it, is not there",
    "EACCES": "permissions of {path}, or of a directory on the way to it, forbid it",
    "EPERM": "only its owner, or root, may do that to {path}",
    "ENOTDIR": "something on the way to {path} is no directory",
    "EISDIR": "{path} is a directory",
    "EEXIST": "{path} is there already",
    "ELOOP": "too many symbolic links on the way to {path}",
    "EROFS": "{path} is on a file system that is mounted read-only",
    "ENAMETOOLONG": "a part of {path} is longer than its file system takes",
    "ENOTEMPTY": "{path} still has something in it",
    "EXDEV": "the two paths are on different file systems",
    "ETXTBSY": "{path} is a program that runs",
    "ENOEXEC": "{path} is no program that this kernel can run",
}
"""Errors that speak of a path; {path} is put in by because()."""


def because(error: str, path: str) -> str:
    """What an error says about a path; empty where it says nothing about it."""
    return REFUSALS[error].replace("{path}", path or "the path") if error in REFUSALS else ""
