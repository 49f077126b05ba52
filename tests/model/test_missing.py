"""What stands where a value would."""

import pytest

from explorer.model.missing import Missing, Reason, Unreadable


def test_it_compares_by_what_it_says_and_cannot_change() -> None:
    assert Missing(Reason.GONE, "x") == Missing(Reason.GONE, "x")
    assert Missing(Reason.GONE, "x") != Missing(Reason.DENIED, "x")
    with pytest.raises(AttributeError):
        Missing(Reason.GONE).detail = "y"  # type: ignore[misc]


def test_unreadable_carries_it() -> None:
    missing = Missing(Reason.TIMED_OUT, "/proc/1/cmdline", "later")
    with pytest.raises(Unreadable, match=r"/proc/1/cmdline: timed out") as raised:
        raise Unreadable(missing)
    assert raised.value.missing is missing


def test_the_reasons_are_the_four() -> None:
    assert [reason.value for reason in Reason] == ["gone", "denied", "unsupported", "timed out"]
