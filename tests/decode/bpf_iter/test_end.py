"""decode/bpf_iter/end.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.bpf_iter.end import END, FIFO, PIPE, decode


def test_each_end_of_a_chunk() -> None:
    rows = [(7, 3, 99, 1, 0, PIPE), (8, 4, 2**40, 2, 8 << 20, FIFO)]
    assert list(decode(b"".join(END.pack(*row) for row in rows))) == rows


@settings(max_examples=50)
@given(st.binary(max_size=3 * END.size))
def test_never_raises(raw: bytes) -> None:
    assert len(list(decode(raw))) == len(raw) // END.size
