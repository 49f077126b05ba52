"""What a thread waits for, found out by looking at what its call names, never guessed from the call's name.

A new kind: one file here with `find(blocked: Blocked) -> Wait | None` (None: nothing to say beyond the call itself), and one
line in WAITS with the calls that it answers for. A file is loaded when one of its calls is met. Kinds that are known by the
thread's state and not by its call stand in STATES and are asked first.
"""

import importlib
from typing import Final, NamedTuple

from explorer.collect.glance import Glance
from explorer.collect.waits.blocked import Blocked
from explorer.model.stack import Thread, Wait


class Kind(NamedTuple):
    """name: the file. calls: the system calls, as strace names them, that it answers for."""

    name: str
    calls: frozenset[str]


WAITS: Final[tuple[Kind, ...]] = (
    Kind("futex", frozenset({"futex", "futex_time64", "futex_wait", "futex_waitv"})),
    Kind("epoll", frozenset({"epoll_wait", "epoll_pwait", "epoll_pwait2"})),
    Kind("poll", frozenset({"poll", "ppoll", "ppoll_time64"})),
    Kind("select", frozenset({"select", "_newselect", "pselect6", "pselect6_time64"})),
    Kind("descriptor", frozenset({
        "read", "readv", "pread64", "preadv", "preadv2", "write", "writev", "pwrite64", "pwritev", "pwritev2", "recvfrom", "recvmsg",
        "recvmmsg", "recvmmsg_time64", "recv", "sendto", "sendmsg", "sendmmsg", "send", "accept", "accept4", "connect", "splice", "tee",
        "vmsplice", "sendfile", "sendfile64", "copy_file_range", "mq_timedreceive", "mq_timedsend", "mq_timedreceive_time64",
        "mq_timedsend_time64", "io_uring_enter", "ioctl", "close", "fsync", "fdatasync", "ftruncate", "getdents64",
    })),
    Kind("opening", frozenset({"open", "openat", "openat2", "creat"})),
    Kind("child", frozenset({"wait4", "waitid", "waitpid", "vfork", "clone", "clone3"})),
    Kind("timer", frozenset({"nanosleep", "clock_nanosleep", "clock_nanosleep_time64"})),
    Kind("lock", frozenset({"flock", "fcntl", "fcntl64"})),
    Kind("signal", frozenset({"rt_sigsuspend", "sigsuspend", "pause", "rt_sigtimedwait", "rt_sigtimedwait_time64"})),
    Kind("sysv", frozenset({"semop", "semtimedop", "semtimedop_time64", "msgrcv", "msgsnd"})),
)  # fmt: skip

STATES: Final = ("stopped", "fault", "uninterruptible")

OF_CALL: Final = {call: kind.name for kind in WAITS for call in kind.calls}


def wait(glance: Glance, thread: Thread, args: tuple[int, ...]) -> Wait | None:
    """What the thread waits for; args: its six registers, or ()."""
    blocked = Blocked(glance, thread, args)
    for name in STATES:
        found = _of(name, blocked)
        if found is not None:
            return found
    return by_call(blocked)


def by_call(blocked: Blocked) -> Wait | None:
    """As its call alone tells."""
    name = OF_CALL.get(blocked.name)
    return _of(name, blocked) if name else None


def _of(name: str, blocked: Blocked) -> Wait | None:
    found: Wait | None = importlib.import_module(f"{__name__}.{name}").find(blocked)
    return found
