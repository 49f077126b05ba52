"""model/birth.py"""

from explorer.model.birth import UNSEEN, UNTOLD, Births
from explorer.model.missing import Reason


def test_nothing_is_known_at_first() -> None:
    assert (Births().total, Births().last, Births().off) == (0, (), None)
    assert UNSEEN.reason is UNTOLD.reason is Reason.GONE
