"""decode/bpf_info.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.bpf_info import name


def test_where_the_names_are() -> None:
    assert name("prog", bytes(64) + b"held_prog\0junk") == "held_prog"
    assert name("map", bytes(24) + b"held_map\0junk") == "held_map"
    assert name("link", bytes(256)) == ""


@settings(max_examples=50)
@given(st.binary(max_size=100))
def test_never_raises(raw: bytes) -> None:
    for sort in ("prog", "map", "link", "btf"):
        name(sort, raw)
