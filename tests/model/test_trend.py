"""model/trend.py"""

from explorer.model.trend import STILL, Leak, Trend


def test_a_rate() -> None:
    assert Leak(60.0, 36).rate == 0.6
    assert Trend(0, 0.0, None) == STILL
