"""decode/proc/statm.py"""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.statm import Statm, decode


def test_of_ourselves() -> None:
    found = decode(Path("/proc/self/statm").read_bytes())
    assert found.size >= found.resident > 0


def test_odd_fields_are_0() -> None:
    assert decode(b"1 2 x") == Statm(1, 2, 0)


@settings(max_examples=50)
@given(st.binary(max_size=120))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
