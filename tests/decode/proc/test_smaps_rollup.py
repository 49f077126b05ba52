"""decode/proc/smaps_rollup.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.smaps_rollup import decode


def test_sums_in_bytes() -> None:
    raw = b"558bbe7ec000-7ffda3b86000 ---p 00000000 00:00 0                          [rollup]\nRss:        1668 kB\nPss:    261 kB\n"
    assert decode(raw) == {"Rss": 1668 * 1024, "Pss": 261 * 1024}


@settings(max_examples=50)
@given(st.binary(max_size=120))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
