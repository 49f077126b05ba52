"""decode/proc/ns.py"""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.ns import decode


def test_links() -> None:
    assert decode(os.readlink("/proc/self/ns/mnt")) == ("mnt", os.stat("/proc/self/ns/mnt").st_ino)
    assert decode("pid_for_children:[1]") == ("pid_for_children", 1)
    assert decode("socket:[x]") is None


@settings(max_examples=50)
@given(st.text())
def test_never_raises(link: str) -> None:
    decode(link)
