"""poll, select, epoll: waiting for descriptors."""

from typing import Final

from explorer.decode.constants.eventfd import EPOLL_CREATE
from explorer.decode.syscall.args.address import ADDRESS
from explorer.decode.syscall.args.epoll import CONTROL, OP, READY
from explorer.decode.syscall.args.fd import FD
from explorer.decode.syscall.args.flags import Flags
from explorer.decode.syscall.args.number import INT, SIZE, UINT
from explorer.decode.syscall.args.poll import FD_SET, POLLFDS, SIGMASK_PAIR, Came, Ready
from explorer.decode.syscall.args.signal import SignalSet
from explorer.decode.syscall.args.time import TIMESPEC, TIMESPEC64, TIMEVAL
from explorer.decode.syscall.call import Signature, row

MASK = SignalSet("sigsetsize")
SETS: Final = {"nfds": INT, "readfds": FD_SET, "writefds": FD_SET, "exceptfds": FD_SET}

ROWS: Final[dict[str, Signature]] = {
    "poll": row("wait for events on descriptors", None, Came(), fds=POLLFDS, nfds=UINT, timeout_ms=INT),
    "ppoll": row(
        "wait for events on descriptors, with a signal mask", None, Came("tmo_p", TIMESPEC),
        fds=POLLFDS, nfds=UINT, tmo_p=TIMESPEC, sigmask=MASK, sigsetsize=SIZE,
    ),
    "ppoll_time64": row(
        "wait for events on descriptors, with a signal mask", None, Came("tmo_p", TIMESPEC64),
        fds=POLLFDS, nfds=UINT, tmo_p=TIMESPEC64, sigmask=MASK, sigsetsize=SIZE,
    ),
    "select": row("wait for descriptors to become ready", None, Ready("timeout", TIMEVAL), **SETS, timeout=TIMEVAL),
    "select@i386": row("wait for descriptors to become ready", arg=ADDRESS),
    "_newselect": row("wait for descriptors to become ready", None, Ready("timeout", TIMEVAL), **SETS, timeout=TIMEVAL),
    "pselect6": row(
        "wait for descriptors to become ready, with a signal mask", None, Ready("timespec", TIMESPEC),
        **SETS, timespec=TIMESPEC, sigmask=SIGMASK_PAIR
    ),
    "pselect6_time64": row(
        "wait for descriptors to become ready, with a signal mask", None, Ready("timespec", TIMESPEC64),
        **SETS, timespec=TIMESPEC64, sigmask=SIGMASK_PAIR
    ),
    "epoll_create": row("make an epoll descriptor", FD, size=INT),
    "epoll_create1": row("make an epoll descriptor", FD, flags=Flags(EPOLL_CREATE, "EPOLL")),
    "epoll_ctl": row("change what an epoll descriptor watches", epfd=FD, op=OP, fd=FD, event=CONTROL),
    "epoll_wait": row("wait for events of an epoll descriptor", epfd=FD, events=READY, maxevents=INT, timeout=INT),
    "epoll_pwait": row(
        "wait for events of an epoll descriptor, with a signal mask",
        epfd=FD, events=READY, maxevents=INT, timeout=INT, sigmask=MASK, sigsetsize=SIZE,
    ),
    "epoll_pwait2": row(
        "wait for events of an epoll descriptor, with a signal mask",
        epfd=FD, events=READY, maxevents=INT, timeout=TIMESPEC64, sigmask=MASK, sigsetsize=SIZE,
    ),
}  # fmt: skip
