"""decode/proc/devices.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.devices import decode, decode_misc

TEXT = b"""Character devices:
  1 mem
  4 /dev/vc/0
  4 tty
 10 misc

Block devices:
  7 loop
254 virtblk
"""


def test_majors_of_both_sorts() -> None:
    found = decode(TEXT)
    assert found.character == {1: ("mem",), 4: ("/dev/vc/0", "tty"), 10: ("misc",)}
    assert found.block == {7: ("loop",), 254: ("virtblk",)}


def test_misc() -> None:
    assert decode_misc(b"234 btrfs-control\n200 tun\n\n") == {234: "btrfs-control", 200: "tun"}


def test_other_lines_are_passed_over() -> None:
    assert decode(b"x y\n-1 z\n7\n") == ({}, {})
    assert decode_misc(b"x y\n7\n") == {}


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
    decode(TEXT + raw)
    decode_misc(raw)
