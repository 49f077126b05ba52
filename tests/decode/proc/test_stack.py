"""decode/proc/stack.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.stack import decode
from explorer.model.stack import Frame


def test_frames_with_module_and_offset() -> None:
    raw = b"[<0>] nfs_wait_bit_killable+0x1e/0x90 [nfs]\n[<0>] do_syscall_64+0x71/0x290\n"
    assert decode(raw) == (Frame("nfs_wait_bit_killable", 0x1E, 0x90, "nfs"), Frame("do_syscall_64", 0x71, 0x290))


def test_older_and_symbolless_forms() -> None:
    assert decode(b"[<ffffffff81234567>] do_wait+0x5c/0x100\n[<0>] 0xffffffff81234567\n[<0>] 0xffffffffffffffff\n") == (
        Frame("do_wait", 0x5C, 0x100),
        Frame("0xffffffff81234567"),
        Frame("0xffffffffffffffff"),
    )


def test_build_id_of_a_module() -> None:
    assert decode(b"[<0>] f+0x1/0x2 [ext4 0123abcd]\n") == (Frame("f", 1, 2, "ext4 0123abcd"),)


def test_empty() -> None:
    assert decode(b"") == ()


@settings(max_examples=50, deadline=None)
@given(st.binary())
def test_never_raises(raw: bytes) -> None:
    decode(raw)
