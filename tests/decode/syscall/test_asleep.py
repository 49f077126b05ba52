"""Calls that sleep by design."""

from explorer.decode.syscall import numbers
from explorer.decode.syscall.asleep import ASLEEP


def test_they_are_calls_that_there_are() -> None:
    known = {name for arch in (*numbers.ARCHES, "x32") for name in numbers.numbers(arch)}
    assert ASLEEP - known - {"futex_wait", "futex_waitv"} == set()
