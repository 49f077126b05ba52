"""decode/proc/locks.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.locks import FileLock, decode


def test_holder_and_waiter_share_a_number() -> None:
    raw = b"1: FLOCK  ADVISORY  WRITE 21218 fe:00:2146331 0 EOF\n1: -> FLOCK  ADVISORY  WRITE 21281 fe:00:2146331 0 EOF\n"
    holder = FileLock(1, "FLOCK", "ADVISORY", "WRITE", 21218, (0xFE, 0), 2146331, 0, -1, False)
    waiter = FileLock(1, "FLOCK", "ADVISORY", "WRITE", 21281, (0xFE, 0), 2146331, 0, -1, True)
    assert decode(raw) == (holder, waiter)


def test_part_of_a_file_owned_by_an_open_file() -> None:
    found = decode(b"7: OFDLCK ADVISORY  READ -1 00:2a:9 10 19\n")
    assert found == (FileLock(7, "OFDLCK", "ADVISORY", "READ", -1, (0, 42), 9, 10, 19, False),)


def test_odd_lines_are_passed_over() -> None:
    assert decode(b"\n1:\n1: ->\nx: FLOCK ADVISORY WRITE 1 fe:00:1 0 EOF\n1: FLOCK ADVISORY WRITE 1 fe:00 0 EOF\n") == ()


@settings(max_examples=50, deadline=None)
@given(st.binary() | st.binary().map(lambda tail: b"1: FLOCK ADVISORY WRITE 1 " + tail))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
