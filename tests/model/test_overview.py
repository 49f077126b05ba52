"""model/overview.py"""

from dataclasses import fields

from explorer.model.overview import Overview
from tests.facts import OVERVIEW


def test_it_is_a_record() -> None:
    """What a script gets has the words of the fields."""
    from explorer.render.record import record

    assert set(record(OVERVIEW)) == {field.name for field in fields(Overview)}
