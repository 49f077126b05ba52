"""render/lazy.py"""

import pytest

from explorer.render.lazy import LazyRows
from explorer.render.sheet import Row


def test_only_what_is_asked_for_is_made() -> None:
    made = []

    def make(index: int) -> Row:
        made.append(index)
        return Row(str(index), ())

    rows = LazyRows(60_000, make)
    assert len(rows) == 60_000
    assert rows[5].key == "5"
    assert rows[-1].key == "59999"
    assert [row.key for row in rows[2:4]] == ["2", "3"]
    assert made == [5, 59_999, 2, 3]
    with pytest.raises(IndexError):
        rows[60_000]
