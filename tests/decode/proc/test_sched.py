"""decode/proc/sched.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.sched import decode


def test_seconds() -> None:
    assert decode(b"cat (29526, #threads: 1)\n---\nse.exec_start                                :        991630.202915\n") == 991.630202915


def test_not_said() -> None:
    for value in (b" : 0.000000\n", b" : x\n", b"\n", b" : nan\n", b" : inf\n"):
        assert decode(b"se.exec_start" + value) is None
    assert decode(b"") is None


@settings(max_examples=50, deadline=None)
@given(st.binary() | st.binary().map(lambda tail: b"se.exec_start:" + tail))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
