"""decode/proc/io.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.io import decode


def test_fields() -> None:
    assert decode(b"rchar: 6976\nwchar: 0\nodd: x\n") == {"rchar": 6976, "wchar": 0}


@settings(max_examples=50)
@given(st.binary(max_size=120))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
