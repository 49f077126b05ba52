"""decode/proc/forks.py"""

from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.proc.forks import decode


def test_the_line() -> None:
    assert decode(b"cpu  1 2\nctxt 5\nbtime 1\nprocesses 8812\nprocs_running 3\n") == 8812
    assert decode(b"processes 7\n") == 7


def test_it_is_not_there() -> None:
    assert decode(b"cpu 1\nprocs_running 3\n") == decode(b"processes -\n") == decode(b"") == 0


@given(st.binary(max_size=60))
def test_never_raises(raw: bytes) -> None:
    assert decode(raw) >= 0
