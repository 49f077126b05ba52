"""decode/fd/timerfd.py"""

from explorer.decode.fd import decode_fd
from explorer.decode.fd.timerfd import TimerFd
from explorer.model.missing import Missing


def decoded(text: bytes) -> TimerFd:
    fd = decode_fd(3, "anon_inode:[timerfd]", text)
    assert isinstance(fd, TimerFd)
    return fd


def test_an_armed_timer() -> None:
    fd = decoded(b"clockid: 1\nticks: 2\nsettime flags: 03\nit_value: (99, 500000000)\nit_interval: (5, 0)\n")
    assert (fd.clock, fd.ticks, fd.value, fd.interval) == ("CLOCK_MONOTONIC", 2, 99.5, 5.0)
    assert fd.settime_flags == ("TFD_TIMER_ABSTIME", "TFD_TIMER_CANCEL_ON_SET")


def test_odd_texts() -> None:
    assert decoded(b"clockid: 77\n").clock == "77"
    for odd in (b"it_value: (5)", b"it_value: (-5, 0)", b"it_value: (" + b"9" * 99 + b", 0)", b""):
        assert isinstance(decoded(odd).value, Missing)
