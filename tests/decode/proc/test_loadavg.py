"""/proc/loadavg."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.proc.loadavg import Loadavg, decode


def test_six_figures() -> None:
    assert decode(b"0.42 0.37 0.30 2/214 12345\n") == Loadavg((0.42, 0.37, 0.30), 2, 214, 12345)
    assert decode(b"0.42 0.37 0.30\n") == Loadavg((0.42, 0.37, 0.30))
    assert decode(b"") == Loadavg()


@given(st.binary(max_size=40))
def test_random_bytes_never_raise(raw: bytes) -> None:
    decode(raw)
