"""Events that an epoll descriptor may be asked for: include/uapi/linux/eventpoll.h."""

from typing import Final

from explorer.decode.constants.bits import names

NAMES: Final[dict[int, str]] = {
    0x001: "EPOLLIN",
    0x002: "EPOLLPRI",
    0x004: "EPOLLOUT",
    0x008: "EPOLLERR",
    0x010: "EPOLLHUP",
    0x020: "EPOLLNVAL",
    0x040: "EPOLLRDNORM",
    0x080: "EPOLLRDBAND",
    0x100: "EPOLLWRNORM",
    0x200: "EPOLLWRBAND",
    0x400: "EPOLLMSG",
    0x2000: "EPOLLRDHUP",
    1 << 27: "EPOLL_URING_WAKE",
    1 << 28: "EPOLLEXCLUSIVE",
    1 << 29: "EPOLLWAKEUP",
    1 << 30: "EPOLLONESHOT",
    1 << 31: "EPOLLET",
}


def event_names(events: int) -> tuple[str, ...]:
    """Each event by name; what has no name as one hex number."""
    return names(events, NAMES)
