"""Calls that sleep, and what an error says about a path."""

from explorer.decode.syscall import numbers
from explorer.render.call_words import ASLEEP, REFUSALS, because


def test_calls_that_sleep_are_calls_that_there_are() -> None:
    known = {name for arch in (*numbers.ARCHES, "x32") for name in numbers.numbers(arch)}
    assert ASLEEP - known - {"futex_wait", "futex_waitv"} == set()


def test_an_error_speaks_of_the_path() -> None:
    assert because("ENOENT", "/srv/x") == "/srv/x, or a directory on the way to it, is not there"
    assert because("ENOENT", "") == "the path, or a directory on the way to it, is not there"
    assert because("EBADF", "/srv/x") == ""


def test_a_path_with_braces_is_a_path() -> None:
    assert all("{0}{path}" in because(error, "{0}{path}") for error in REFUSALS if "{path}" in REFUSALS[error])
