"""Durations in one unit; moments as ps has them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.render.times import clock, duration, full_moment, moment


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-1, "0 s"), (0, "0 ns"), (5e-6, "5 µs"), (0.0182, "18.2 ms"), (0.5, "500 ms"), (0.9999, "1.0 s"), (2.1, "2.1 s"), (9.96, "10 s"),
     (41, "41 s"), (119, "119 s"), (1200, "20 min"), (18000, "5 h"), (12.4 * 86400, "12d")],
)  # fmt: skip
def test_one_unit_that_says_enough(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(0, "00:00:00"), (3661, "01:01:01"), (86400 * 3 + 5, "03-00:00:05"), (-4, "00:00:00")])
def test_cpu_time_as_ps(seconds: int, text: str) -> None:
    assert clock(seconds) == text


def test_a_start_today_this_year_and_before() -> None:
    now = datetime(2026, 11, 25, 14, 22, 7).timestamp()
    assert moment(datetime(2026, 11, 25, 0, 1).timestamp(), now) == "00:01"
    assert moment(datetime(2026, 6, 6, 23, 59).timestamp(), now) == "Jun06"
    assert moment(datetime(2025, 12, 31, 14, 22).timestamp(), now) == "2025"
    assert full_moment(now) == "2026-11-25 14:22:07"


@given(st.floats(allow_nan=True), st.floats())
def test_no_number_raises(when: float, now: float) -> None:
    assert moment(when, now)
    assert full_moment(when)
