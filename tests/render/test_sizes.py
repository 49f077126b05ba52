"""Sizes fit their columns and say what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.render.sizes import of_total, short_size, size


@pytest.mark.parametrize(
    ("count", "text", "short"),
    [(0, "0", "0"), (999, "999", "999"), (1000, "1.0K", "1K"), (84 << 10, "84K", "84K"), (1258291, "1.2M", "1M"),
     (14 << 20, "14M", "14M"), (212 << 20, "212M", "212M"), (1 << 30, "1.0G", "1.0G"), (1234567890, "1.1G", "1.1G"),
     (999 << 30, "999G", "999G"), (-2048, "-2.0K", "-2K")],
)  # fmt: skip
def test_written_as_people_do(count: int, text: str, short: str) -> None:
    assert size(count) == text
    assert short_size(count) == short


@given(st.integers(0, 1 << 64))
def test_never_wider_than_five(count: int) -> None:
    assert len(size(count)) <= 5
    assert len(short_size(count)) <= 5


def test_used_and_total_share_the_unit() -> None:
    assert of_total(3328599654, 24 << 30) == "3.1/24.0G"
    assert of_total(0, 0) == "0/0"
