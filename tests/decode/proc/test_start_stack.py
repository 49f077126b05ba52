"""decode/proc/start_stack.py"""

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.start_stack import StartStack, decode

BASE = 0x7FFE_0000_1000


def test_argc_and_where_arguments_began() -> None:
    raw = struct.pack("<6Q", 3, BASE, BASE + 8, BASE + 12, 0, BASE + 99)
    assert decode(raw, BASE - 512, BASE, BASE + 20) == StartStack(3, (0, 8, 12))


def test_a_32_bit_program() -> None:
    raw = struct.pack("<4I", 2, 0xFFFF1000, 0xFFFF1004, 0)
    assert decode(raw, 0xFFFF0F00, 0xFFFF1000, 0xFFFF1010) == StartStack(2, (0, 4))


def test_pointers_that_the_program_changed_are_left_out() -> None:
    """nginx sets argv[1] to NULL, getopt sorts them."""
    raw = struct.pack("<5Q", 3, BASE + 12, 0, BASE, 0)
    assert decode(raw, BASE - 512, BASE, BASE + 20) == StartStack(3, (0, 12))


def test_unread() -> None:
    assert decode(b"", BASE, BASE, BASE + 5) == StartStack()


@settings(max_examples=50)
@given(st.binary(max_size=200), st.integers(0, 1 << 48), st.integers(0, 1 << 48), st.integers(0, 1 << 48))
def test_never_raises(raw: bytes, address: int, start: int, end: int) -> None:
    found = decode(raw, address, start, end)
    assert all(0 <= offset < end - start for offset in found.starts)
