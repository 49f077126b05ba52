"""epoll_wait and its kin: the kernel knows the watched descriptors, fdinfo lists them."""

from explorer.collect.waits.blocked import Blocked
from explorer.collect.waits.readiness import any_of
from explorer.decode.fd.eventpoll import EventPoll
from explorer.model.stack import Wait


def find(blocked: Blocked) -> Wait | None:
    """The watched ones that are armed, and the timeout: milliseconds, of epoll_pwait2 a timespec."""
    number = blocked.signed(0)
    if blocked.name == "epoll_pwait2":
        left = blocked.left(blocked.time_at(blocked.args[3]))
    else:
        milliseconds = blocked.signed(3)
        left = blocked.left(milliseconds / 1000 if milliseconds >= 0 else None)
    fd = blocked.glance.fd(number)
    if not isinstance(fd, EventPoll):
        note = blocked.glance.notes.get(number)
        return Wait("epoll", f"waits for what {number}<{note or 'eventpoll'}> watches", due=left[0], due_most=left[1])
    armed = [watch.tfd for watch in fd.watches if watch.events & ~FLAGS]
    if not armed:
        watched = f"{len(fd.watches)} descriptors, none of them armed" if fd.watches else "nothing"
        return Wait("epoll", f"waits for {number}<eventpoll>, which watches {watched}", due=left[0], due_most=left[1])
    return any_of("epoll", blocked.glance, sorted(armed), left)


FLAGS = 0xF0000000 | 0x8 | 0x10
"""EPOLLET, EPOLLONESHOT, EPOLLWAKEUP, EPOLLEXCLUSIVE; EPOLLERR and EPOLLHUP are always there: no events by themselves."""
