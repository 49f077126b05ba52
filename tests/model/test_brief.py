"""model/brief.py"""

from explorer.model.brief import BriefCounter, BriefFile, BriefPair, BriefPoll


def test_each_says_its_number_first() -> None:
    said = (BriefFile(3, 0, 0, 10, "/x"), BriefPair(3, 7, "sh"), BriefCounter(3, 1), BriefPoll(3, (4, 5)))
    assert {found[0] for found in said} == {found.number for found in said} == {3}
