"""decode/proc/children.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.children import decode


def test_pids_in_order() -> None:
    assert decode(b"31 7 12 ") == (31, 7, 12)
    assert decode(b"") == ()


@settings(max_examples=50, deadline=None)
@given(st.binary())
def test_never_raises(raw: bytes) -> None:
    decode(raw)
