"""decode/proc/coredump_filter.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.coredump_filter import decode


def test_bits_in_words_and_unknown_ones_in_hex() -> None:
    assert decode(0x33) == ("private anonymous", "shared anonymous", "ELF headers", "private huge pages")
    assert decode(0x8001) == ("private anonymous", "0x8000")


@settings(max_examples=50)
@given(st.integers(0, 1 << 64))
def test_never_raises(mask: int) -> None:
    decode(mask)
