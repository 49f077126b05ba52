"""decode/proc/autogroup.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.autogroup import decode


def test_group_and_nice() -> None:
    assert decode(b"/autogroup-10 nice -5\n") == (10, -5)
    assert decode(b"") is None


@settings(max_examples=50)
@given(st.binary(max_size=120))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
