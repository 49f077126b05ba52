"""clone and clone3."""

import struct

from tests.decode.syscall.decoded import arguments, text
from tests.memory import Written


def test_arguments_that_no_flag_asks_for_are_not_shown() -> None:
    assert arguments("clone", 17, 0, 0x10, 0x20, 0x30) == ["SIGCHLD", "NULL"]
    assert arguments("clone", 0x80000, 0, 1, 2, 3, arch="aarch64") == ["CLONE_SETTLS", "NULL", "0x2"]


def test_what_clone3_gives_back() -> None:
    given = struct.pack("<11Q", 0x100000, 0, 0, 0x2000, 17, 0x3000, 0x4000, 0, 0, 0, 0)
    memory = Written(at_1000=given, at_2000=struct.pack("<i", 77))
    assert text("clone3", 0x1000, 88, memory=memory, result=77) == (
        "clone3({flags=CLONE_PARENT_SETTID, parent_tid=0x2000, "
        "exit_signal=SIGCHLD, stack=0x3000, stack_size=0x4000} => {parent_tid=[77]}, 88) = 77"
    )
    assert text("clone3", 0x1000, 8, memory=memory) == "clone3(0x1000, 8"
