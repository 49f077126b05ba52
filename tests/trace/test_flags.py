"""trace/flags.py: a byte a row."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.trace.flags import Chosen, all_of, both, either

NUMBERS = st.one_of(st.integers(-5, 5), st.integers(250, 260), st.integers(-(1 << 31), (1 << 31) - 1))
WIDE = st.one_of(NUMBERS, st.integers(-(1 << 70), 1 << 70))


@pytest.mark.parametrize("code", ["i", "q"])
@given(values=st.lists(NUMBERS, min_size=1, max_size=40), items=st.frozensets(WIDE, max_size=12), but=st.booleans(), data=st.data())
def test_it_equals_asking_each_value(code: str, values: list[int], items: frozenset[int], but: bool, data: st.DataObject) -> None:
    items |= set(data.draw(st.lists(st.sampled_from(values), max_size=4)))
    low = data.draw(st.integers(0, len(values)))
    high = data.draw(st.integers(low, len(values)))
    chosen = Chosen(items, but=but)
    wanted = bytes((value in items) != but for value in values[low:high])
    assert chosen(array(code, values), low, high) == chosen(array(code, values), low, high) == wanted


def test_flags_together() -> None:
    assert both(b"\1\1\0\0", b"\1\0\1\0") == b"\1\0\0\0"
    assert either(b"\1\1\0\0", b"\1\0\1\0") == b"\1\1\1\0"
    assert all_of([], 3) == b"\1\1\1"
    assert all_of([b"\1\1\0", b"\0\1\1"], 3) == b"\0\1\0"
