"""eventfd(2), timerfd_create(2), signalfd(2), pidfd_open(2), epoll_create1(2), epoll_ctl(2), memfd_create(2): include/uapi/linux/*.h."""

from typing import Final

EFD: Final[dict[int, str]] = {
    0x1: "EFD_SEMAPHORE",
    0x80000: "EFD_CLOEXEC",
    0x800: "EFD_NONBLOCK",
}

TFD: Final[dict[int, str]] = {
    0x1: "TFD_TIMER_ABSTIME",
    0x2: "TFD_TIMER_CANCEL_ON_SET",
    0x80000: "TFD_CLOEXEC",
    0x800: "TFD_NONBLOCK",
}

SFD: Final[dict[int, str]] = {
    0x80000: "SFD_CLOEXEC",
    0x800: "SFD_NONBLOCK",
}

PIDFD: Final[dict[int, str]] = {
    0x800: "PIDFD_NONBLOCK",
    0x80: "PIDFD_THREAD",
    0x200: "PIDFD_AUTOKILL",
}

EPOLL_CREATE: Final[dict[int, str]] = {
    0x80000: "EPOLL_CLOEXEC",
}

EPOLL_OPS: Final[dict[int, str]] = {
    1: "EPOLL_CTL_ADD",
    2: "EPOLL_CTL_DEL",
    3: "EPOLL_CTL_MOD",
}

MFD: Final[dict[int, str]] = {
    0x1: "MFD_CLOEXEC",
    0x2: "MFD_ALLOW_SEALING",
    0x4: "MFD_HUGETLB",
    0x8: "MFD_NOEXEC_SEAL",
    0x10: "MFD_EXEC",
}

INOTIFY: Final[dict[int, str]] = {
    0x800: "IN_NONBLOCK",
    0x80000: "IN_CLOEXEC",
}
