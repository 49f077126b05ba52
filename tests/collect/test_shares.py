"""CPU shares."""

import pytest

from explorer.collect.shares import Shares


def test_of_one_core_since_the_last_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    shares = Shares()
    assert shares.begin(7, 500, 0, 100.0, first=True) == 0.0
    assert shares.share(7, 550, 1, 101.0, 0.0) == 50.0
    assert shares.share(7, 551, 1, 101.1, 50.0) == 50.0
    assert shares.share(7, 650, 1, 102.0, 50.0) == 100.0
    assert shares.share(7, 851, 3, 103.0, 0.0) == 200.0
    assert shares.share(7, 800, 1, 104.0, 0.0) == 0.0
    shares.unchanged([7], 105.0)
    assert shares.share(7, 850, 1, 106.0, 0.0) == 50.0
    shares.forget([7, 8])
    assert shares.begin(7, 30, 10_550, 106.0, first=False) == pytest.approx(60.0)
    assert shares.begin(8, 30, 100, 106.0, first=False) == 0.0
