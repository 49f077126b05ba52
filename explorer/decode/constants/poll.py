"""Events of poll(2): include/uapi/asm-generic/poll.h."""

from typing import Final

NAMES: Final[dict[int, str]] = {
    0x1: "POLLIN",
    0x2: "POLLPRI",
    0x4: "POLLOUT",
    0x8: "POLLERR",
    0x10: "POLLHUP",
    0x20: "POLLNVAL",
    0x40: "POLLRDNORM",
    0x80: "POLLRDBAND",
    0x100: "POLLWRNORM",
    0x200: "POLLWRBAND",
    0x400: "POLLMSG",
    0x1000: "POLLREMOVE",
    0x2000: "POLLRDHUP",
    0x8000: "POLL_BUSY_LOOP",
}
