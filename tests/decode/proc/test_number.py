"""decode/proc/number.py"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.number import NOBODY, decode


@pytest.mark.parametrize(
    ("raw", "base", "value"),
    [(b"-17\n", 10, -17), (b"00000033\n", 16, 0x33), (b"4294967295", 10, NOBODY), (b"", 10, None), (b"x", 10, None)],
)
def test_number(raw: bytes, base: int, value: int | None) -> None:
    assert decode(raw, base) == value


@settings(max_examples=50)
@given(st.binary(max_size=120))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
