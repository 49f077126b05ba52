"""What is filtered by."""

from explorer.ui.tree.wish import LONGEST, Wish, wish
from tests.snapshots import process

ROOT, APP = process(1, 0, "nginx"), process(2, 0, "nginx", user="app")


def answers(made: Wish) -> tuple[bool, bool]:
    wanted = made.wanted
    assert wanted is not None
    return wanted(ROOT), wanted(APP)


def test_no_wish_wants_everything_and_has_no_name() -> None:
    assert (wish("").wanted, wish("  ").wanted, wish("").words) == (None, None, "")


def test_a_user_and_a_text_are_both_to_be_met() -> None:
    assert answers(wish("nginx")) == (True, True)
    assert answers(wish("", "app")) == (False, True)
    assert answers(wish("nginx", "app")) == (False, True)
    assert answers(wish("!nginx", "app")) == (False, False)
    assert wish("nginx", "app").words == "user app filter nginx"


def test_a_text_that_is_no_filter_leaves_the_last_one_on() -> None:
    first = wish("nginx")
    broken = wish("nginx cpu>", before=first)
    assert broken.wrong.startswith("cpu> wants something after it")
    assert broken.filter is first.filter
    assert wish("cpu>").filter is None


def test_names_are_short_and_printable() -> None:
    assert len(wish("y" * 100).words) == LONGEST + len("filter ")
    assert "\x1b" not in wish("\x1b[31m").words
