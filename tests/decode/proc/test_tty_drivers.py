"""Device numbers → terminals as ps writes them."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.proc.tty_drivers import decode, tty_name

FILE = b"""/dev/tty             /dev/tty        5       0 system:/dev/tty
/dev/console         /dev/console    5       1 system:console
/dev/ptmx            /dev/ptmx       5       2 system
serial               /dev/ttyS       4 64-111 serial
pty_slave            /dev/pts      136 0-1048575 pty:slave
pty_master           /dev/ptm      128 0-1048575 pty:master
unknown              /dev/tty        4 1-63 console
ttyAMA               /dev/ttyAMA   204 64-77 serial
"""


@pytest.mark.parametrize(
    ("major", "minor", "name"),
    [(136, 0, "pts/0"), (136, 300, "pts/300"), (137, 1, "pts/257"), (4, 1, "tty1"), (4, 64, "ttyS0"), (204, 65, "ttyAMA1"),
     (5, 1, "console"), (5, 2, "ptmx"), (9, 9, "9:9")],
)  # fmt: skip
def test_names(major: int, minor: int, name: str) -> None:
    assert tty_name(os.makedev(major, minor), decode(FILE)) == name


def test_none_is_a_question_mark() -> None:
    assert tty_name(0, ()) == "?"
    assert tty_name(34816, ()) == "pts/0"


@given(st.binary(max_size=60) | st.builds(lambda a: b"x /dev/" + a, st.binary(max_size=40)), st.integers())
def test_random_bytes_never_raise(raw: bytes, device: int) -> None:
    assert tty_name(device, decode(raw))
