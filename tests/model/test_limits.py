"""model/limits.py"""

from explorer.model.limits import Limit, Used


def test_none_is_unlimited() -> None:
    used = Used(Limit("Max cpu time", None, 5, "seconds"), 3)
    assert used.limit.soft is None
    assert used.note == ""
