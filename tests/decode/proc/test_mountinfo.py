"""decode/proc/mountinfo.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.mountinfo import decode


def test_case_16_device_called_dash_optional_fields_and_blanks() -> None:
    text = rb"""36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:7 - ext3 /dev/root rw,errors=continue
77 27 0:60 / /tmp/m\040n rw,relatime - tmpfs - rw,size=4k
78 27 0:61 / /tmp/a\134b\012c rw shared:1 master:2 propagate_from:3 - fuse.x\040y some\040thing rw
"""
    first, blank, odd = decode(text)
    assert (first.id, first.parent, first.dev, first.root, first.point) == (36, 35, (98, 0), "/mnt1", "/mnt2")
    assert (first.optional, first.fstype, first.source) == (("master:1", "shared:7"), "ext3", "/dev/root")
    assert (blank.point, blank.source, blank.optional, blank.fstype) == ("/tmp/m n", "-", (), "tmpfs")
    assert (odd.point, odd.source, odd.fstype, odd.optional) == (
        "/tmp/a\\b\nc",
        "some thing",
        "fuse.x y",
        ("shared:1", "master:2", "propagate_from:3"),
    )


def test_a_source_that_is_empty_and_lines_that_are_none() -> None:
    (mount,) = decode(b"\nnonsense\n1 2 x:y / / rw - ext4 a rw\n5 1 0:5 / /x rw - tmpfs  rw\n")
    assert (mount.fstype, mount.source, mount.super_options) == ("tmpfs", "", "rw")


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
    decode(b"1 2 0:5 / " + raw)
