"""decode/proc/id_map.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.id_map import IdRange, decode, identity


def test_ranges() -> None:
    raw = b"         0     100000      65536\n      1000       1000          1\n"
    assert decode(raw) == (IdRange(0, 100000, 65536), IdRange(1000, 1000, 1))


def test_identity() -> None:
    assert identity(decode(b"         0          0 4294967295\n"))
    assert not identity(())


@settings(max_examples=50)
@given(st.binary(max_size=120))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
