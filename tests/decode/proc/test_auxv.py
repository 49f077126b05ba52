"""decode/proc/auxv.py"""

import os
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.auxv import decode, tag_name


def test_of_ourselves() -> None:
    found = dict(decode(Path("/proc/self/auxv").read_bytes()))
    assert found[6] == os.sysconf("SC_PAGESIZE")
    assert found[11] == os.getuid()


def test_words_of_four_bytes_and_the_end() -> None:
    raw = b"\x06\0\0\0\0\x10\0\0" + bytes(8) + b"\x07\0\0\0\0\0\0\0"
    assert decode(raw, 4) == ((6, 4096),)


def test_names() -> None:
    assert (tag_name(31), tag_name(99)) == ("AT_EXECFN", "99")


@settings(max_examples=50)
@given(st.binary(max_size=120))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
