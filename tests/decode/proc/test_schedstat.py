"""decode/proc/schedstat.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.schedstat import Schedstat, decode


def test_three_numbers() -> None:
    assert decode(b"309460 12 3\n") == Schedstat(309460, 12, 3)


def test_not_counted() -> None:
    assert decode(b"0 0 0\n") is None
    assert decode(b"") is None
    assert decode(b"1 2 x") is None


@settings(max_examples=50, deadline=None)
@given(st.binary())
def test_never_raises(raw: bytes) -> None:
    decode(raw)
