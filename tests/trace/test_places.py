"""trace/places.py: a list that grows at both ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.trace import places
from explorer.trace.places import Places

STEPS = st.lists(st.tuples(st.sampled_from(["append", "prepend", "drop"]), st.integers(0, 20)), max_size=30)


@given(STEPS, st.integers(0, 8))
def test_it_is_a_sorted_list(steps: list[tuple[str, int]], slack: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "SLACK", slack)
        found = Places()
        plain: list[int] = []
        low = high = 1000
        for step, number in steps:
            if step == "append":
                new = list(range(high, high + number, 3))
                found.append(new)
                plain = plain + new
                high += number
            elif step == "prepend" and (not plain or plain[0] >= low):
                new = list(range(low - number, low, 2))
                found.prepend(new) if number % 2 else found.prepend_down(reversed(new))
                plain = new + plain
                low -= number
            else:
                first = (plain[0] if plain else low) + number
                found.drop(first)
                plain = [place for place in plain if place >= first]
                low, high = max(low, first), max(high, first)
            assert [found[index] for index in range(len(found))] == plain
            for place in range(low - 2, high + 2, 3):
                assert found.bisect(place) == sum(one < place for one in plain)
        with pytest.raises(IndexError):
            found[len(plain)]
        with pytest.raises(IndexError):
            found[-1]
