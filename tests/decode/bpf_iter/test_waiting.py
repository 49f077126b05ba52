"""decode/bpf_iter/waiting.py"""

from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.bpf_iter.waiting import TOLD, decode
from explorer.model.queue import Queue


def test_a_pipe_and_a_socket() -> None:
    assert decode(TOLD.pack(1, 0, 9900, 3, 16, 1, 2, 1, 0, 0, 0)) == Queue(9900, 3, 16, 1, 2, b"", whole=False)
    assert decode(TOLD.pack(2, 4, 6, 2, 0, 0, 0, 1, 1, 0, 0) + b"data") == Queue(6, 2, data=b"data", whole=False, moved=True)


@given(st.binary(max_size=200))
def test_any_bytes(raw: bytes) -> None:
    found = decode(raw)
    assert (found is None) == (len(raw) < TOLD.size)
    assert found is None or len(found.data) <= len(raw) - TOLD.size
