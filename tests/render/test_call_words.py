"""What an error says about a path."""

from explorer.render.call_words import REFUSALS, because


def test_an_error_speaks_of_the_path() -> None:
    assert because("ENOENT", "/srv/x") == "/srv/x, or a directory on the way to it, is not there"
    assert because("ENOENT", "") == "the path, or a directory on the way to it, is not there"
    assert because("EBADF", "/srv/x") == ""


def test_a_path_with_braces_is_a_path() -> None:
    assert all("{0}{path}" in because(error, "{0}{path}") for error in REFUSALS if "{path}" in REFUSALS[error])
