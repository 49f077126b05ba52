"""What calls are for, and what an error says about a path."""

from explorer.decode.syscall import numbers
from explorer.render.call_words import ASLEEP, PURPOSES, REFUSALS, because


def test_purposes_are_of_calls_that_there_are() -> None:
    known = {name for arch in (*numbers.ARCHES, "x32") for name in numbers.numbers(arch)}
    assert PURPOSES.keys() - known == set()
    assert ASLEEP - known - {"futex_wait", "futex_waitv"} == set()


def test_a_purpose_fits_on_a_line_of_80_columns() -> None:
    assert {name: words for name, words in PURPOSES.items() if len(f"   ┌ {name}: {words}") > 80} == {}


def test_an_error_speaks_of_the_path() -> None:
    assert because("ENOENT", "/srv/x") == "/srv/x, or a directory on the way to it, is not there"
    assert because("ENOENT", "") == "the path, or a directory on the way to it, is not there"
    assert because("EBADF", "/srv/x") == ""


def test_a_path_with_braces_is_a_path() -> None:
    assert all("{0}{path}" in because(error, "{0}{path}") for error in REFUSALS if "{path}" in REFUSALS[error])
