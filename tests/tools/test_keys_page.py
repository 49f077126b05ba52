"""docs/keys.md is what the program binds now."""

from tools.keys_page import PAGE, made


def test_the_page_is_current() -> None:
    assert PAGE.read_text() == made(), "make completions"
