"""Where a call in flight is broken: what the kernel fills is told at its end, as strace does."""

import pytest

from explorer.decode.syscall import decode_syscall, numbers
from explorer.model.trace import Call
from explorer.render.split import told_at_start

TOLD = {
    "read": 1, "write": 3, "openat": 3, "pipe2": 0, "fstat": 1, "newfstatat": 2, "wait4": 1, "futex": 4, "nanosleep": 1, "epoll_wait": 1,
    "rt_sigaction": 2, "rt_sigprocmask": 2, "accept4": 1, "getsockname": 1, "readv": 1, "recvfrom": 1, "recvmsg": 1, "sendmsg": 3,
    "execve": 3, "close": 1, "getcwd": 0, "uname": 0,
}  # fmt: skip


@pytest.mark.parametrize(("name", "places"), TOLD.items())
def test_what_the_kernel_fills_is_told_at_the_end(name: str, places: int) -> None:
    number = numbers.numbers("x86_64")[name]
    assert told_at_start(decode_syscall(Call(number, (0,) * 6))) == places


def test_what_another_argument_says() -> None:
    ioctl = numbers.numbers("x86_64")["ioctl"]
    tcgets, tcsets = (told_at_start(decode_syscall(Call(ioctl, (0, request, 4096, 0, 0, 0)))) for request in (0x5401, 0x5402))
    assert (tcgets, tcsets) == (2, 3)
