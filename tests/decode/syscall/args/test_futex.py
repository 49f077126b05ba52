"""futex."""

import struct

from tests.decode.syscall.decoded import MINUS_ONE, text
from tests.memory import Written


def test_each_operation_has_its_arguments() -> None:
    memory = Written(at_1000=struct.pack("<qq", 1, 2))
    assert text("futex", 0x10, 128, 2, 0) == "futex(0x10, FUTEX_WAIT_PRIVATE, 2, NULL"
    assert text("futex", 0x10, 0, 2, 0x1000, memory=memory) == "futex(0x10, FUTEX_WAIT, 2, {tv_sec=1, tv_nsec=2}"
    assert text("futex", 0x10, 129, 1) == "futex(0x10, FUTEX_WAKE_PRIVATE, 1"
    assert (
        text("futex", 0x10, 9 | 256, 2, 0, 0, 0xFFFFFFFF)
        == "futex(0x10, FUTEX_WAIT_BITSET|FUTEX_CLOCK_REALTIME, 2, NULL, FUTEX_BITSET_MATCH_ANY"
    )
    assert text("futex", 0x10, 6, 2, 0) == "futex(0x10, FUTEX_LOCK_PI, NULL"
    assert text("futex", 0x10, 7, 2, 0) == "futex(0x10, FUTEX_UNLOCK_PI"
    assert text("futex", 0x10, 4, 1, 2, 0x20, 3) == "futex(0x10, FUTEX_CMP_REQUEUE, 1, 2, 0x20, 3"
    assert text("futex", 0x10, MINUS_ONE, 1, 2, 3, 4).startswith("futex(0x10, 0xffffffff /* FUTEX_??? */")
