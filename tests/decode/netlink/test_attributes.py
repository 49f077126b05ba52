"""decode/netlink/attributes.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.netlink.attributes import attribute, attributes, numbers


@settings(max_examples=50)
@given(st.dictionaries(st.integers(0, 50), st.binary(max_size=9)))
def test_what_is_written_can_be_read(pairs: dict[int, bytes]) -> None:
    assert attributes(b"".join(attribute(kind, value) for kind, value in pairs.items())) == pairs


@settings(max_examples=50)
@given(st.binary(max_size=60))
def test_never_raises(raw: bytes) -> None:
    attributes(raw)
    assert len(numbers(raw)) == len(raw) // 4


def test_a_length_that_makes_no_sense_ends_it() -> None:
    assert attributes(attribute(1, b"x") + b"\x02\0\0\0" + attribute(2, b"y")) == {1: b"x"}
    assert attributes(b"\xff\xff\0\0") == {}
