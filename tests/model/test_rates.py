"""model/rates.py"""

from dataclasses import replace

import pytest

from explorer.model.rates import rates
from tests.facts import DENIED, USAGE


def test_between_two_samples() -> None:
    assert isinstance(USAGE.io, dict)
    later = replace(USAGE, taken=USAGE.taken + 2, utime=USAGE.utime + 100, stime=USAGE.stime + 20, minor_faults=USAGE.minor_faults + 8,
                    io=USAGE.io | {"rchar": USAGE.io["rchar"] + 4096})  # fmt: skip
    found = rates(USAGE, later)
    assert found is not None
    assert (found.seconds, found.user, found.system) == pytest.approx((2, 50, 10))
    assert found.minor_faults == 4
    assert found.io["rchar"] == 2048
    assert found.io["wchar"] == 0


def test_no_time_no_rates_and_never_below_nothing() -> None:
    assert rates(USAGE, USAGE) is None
    assert rates(USAGE, replace(USAGE, taken=1.0)) is None
    found = rates(USAGE, replace(USAGE, taken=USAGE.taken + 1, utime=0))
    assert found is not None
    assert found.user == 0
    unread = rates(replace(USAGE, io=DENIED), replace(USAGE, taken=USAGE.taken + 1))
    assert unread is not None
    assert unread.io == {}
