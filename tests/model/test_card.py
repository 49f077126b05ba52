"""model/card.py"""

from dataclasses import replace

from tests.facts import CARD


def test_age() -> None:
    assert CARD.age == 1200
    assert replace(CARD, taken=0.0).age == 0
