"""decode/proc/switches.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.switches import decode


def test_both_kinds_together() -> None:
    assert decode(b"Name:\tx\nvoluntary_ctxt_switches:\t40\nnonvoluntary_ctxt_switches:\t2\n") == 42


def test_a_kernel_that_does_not_say() -> None:
    assert decode(b"Name:\tvoluntary_ctxt_switches:\n\nState:\tS\n") is None
    assert decode(b"voluntary_ctxt_switches:\n") is None
    assert decode(b"voluntary_ctxt_switches:\tmany\n") is None


@settings(max_examples=50, deadline=None)
@given(st.binary() | st.binary().map(lambda tail: b"voluntary_ctxt_switches:" + tail))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
