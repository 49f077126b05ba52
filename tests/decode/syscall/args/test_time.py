"""Times."""

import struct

import pytest

from explorer.decode.syscall.args.time import moment
from tests.decode.syscall.decoded import MINUS_ONE, arguments, text
from tests.memory import Written


def test_moments_that_no_calendar_has() -> None:
    assert moment(0).startswith("19")
    assert moment(1 << 62) == ""
    assert moment(-(1 << 62)) == ""


@pytest.mark.parametrize(
    ("clock", "text_of_it"),
    [
        (1, "CLOCK_MONOTONIC"),
        (77, "0x4d /* CLOCK_??? */"),
        (MINUS_ONE - 5 * 8 - 1, "MAKE_THREAD_CPUCLOCK(5, CPUCLOCK_SCHED)"),
        (MINUS_ONE - 44, "FD_TO_CLOCKID(5)"),
    ],
)
def test_clocks(clock: int, text_of_it: str) -> None:
    assert arguments("clock_gettime", clock, 0)[0] == text_of_it


def test_the_rest_of_a_sleep_only_where_a_signal_cut_it_short() -> None:
    memory = Written(at_1000=struct.pack("<qq", 5, 0), at_2000=struct.pack("<qq", 3, 1))
    assert text("nanosleep", 0x1000, 0x2000, memory=memory, result=-4).startswith(
        "nanosleep({tv_sec=5, tv_nsec=0}, {tv_sec=3, tv_nsec=1}) = -1 EINTR"
    )
    assert text("nanosleep", 0x1000, 0x2000, memory=memory, result=0) == "nanosleep({tv_sec=5, tv_nsec=0}, 0x2000) = 0"


def test_widths_of_i386() -> None:
    memory = Written(at_1000=struct.pack("<ii", 5, 6), at_2000=struct.pack("<qq", 7, 8))
    assert text("nanosleep", 0x1000, 0, memory=memory, arch="i386") == "nanosleep({tv_sec=5, tv_nsec=6}, NULL"
    assert text("futex_time64", 0x10, 0, 1, 0x2000, memory=memory, arch="i386") == "futex_time64(0x10, FUTEX_WAIT, 1, {tv_sec=7, tv_nsec=8}"
