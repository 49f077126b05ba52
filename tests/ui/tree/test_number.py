"""A pid by its digits."""

from explorer.ui.tree.number import LONGEST, Number


def test_digits_and_backspace_change_it_and_other_keys_do_not() -> None:
    assert Number("81").typed("2") == "812"
    assert Number("812").typed("backspace") == "81"
    assert Number("").typed("backspace") is None
    assert Number("81").typed("l") is None
    assert Number("81").typed("f9") is None
    assert Number("81").typed("²") is None
    assert Number("").typed("0") == ""
    assert Number("9" * LONGEST).typed("9") == "9" * LONGEST


def test_it_says_what_it_stands_for_and_what_answers_it() -> None:
    assert (Number("812").sentence(), Number("812").waits) == ("PID 812▏", False)
    hidden = Number("812", "is hidden by the filter x", shows=True)
    assert hidden.sentence() == "PID 812▏ is hidden by the filter x · Enter shows it · Esc"
    assert hidden.waits
    assert Number("999", "is no process").sentence() == "PID 999▏ is no process · Esc"
    assert Number().pid == 0
