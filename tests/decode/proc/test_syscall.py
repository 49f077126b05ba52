"""decode/proc/syscall.py"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.syscall import Elsewhere, Registers, decode


def test_the_three_forms() -> None:
    assert decode(b"running\n") is Elsewhere.RUNNING
    assert decode(b"-1 0x7ffccc00b250 0x7f2cc966e503\n") == Registers(-1, (), 0x7FFCCC00B250, 0x7F2CC966E503)
    assert decode(b"230 0x0 0x1 0x7ffc 0x0 0x0 0xffffffffffffffff 0x7fdf 0x7fe3\n") == Registers(
        230, (0, 1, 0x7FFC, 0, 0, (1 << 64) - 1), 0x7FDF, 0x7FE3
    )


ODD = (b"", b"\n", b"1 2", b"running away", b"x 0x0 0x0", b"1 0x0 zz", b"0 0x0 0x0 0x0", b"9" * 5000 + b" 0x0 0x0")


@pytest.mark.parametrize("raw", ODD)
def test_odd_forms(raw: bytes) -> None:
    assert decode(raw) is Elsewhere.UNREADABLE


@settings(max_examples=50, deadline=None)
@given(st.binary() | st.lists(st.sampled_from([b"0x1", b"-1", b"7", b"running", b"_", b"\xff"]), max_size=10).map(b" ".join))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
