"""Signals and their sets."""

import struct

from explorer.decode.syscall.args.signal import mask_of
from tests.decode.syscall.decoded import arguments, text
from tests.memory import Written


def test_signal_sets() -> None:
    assert mask_of(0, 0).text == "[]"
    assert mask_of(0, 1 << 1 | 1 << 34 | 1 << 63).text == "[INT RT_3 RT_32]"
    assert mask_of(0, (1 << 64) - 1 & ~(1 << 8)).text == "~[KILL]"
    real_time = mask_of(0, 1 << 34).parts[0][1]
    assert (real_time.raw, real_time.kind, real_time.note) == (35, "signal", "SIGRTMIN+1")


def test_one_signal_in_both_ways_of_naming_it() -> None:
    assert arguments("kill", 1, 15) == ["1", "SIGTERM"]
    assert arguments("kill", 1, 34) == ["1", "SIGRT_2"]
    assert arguments("kill", 1, 0) == ["1", "0"]


def test_an_action_without_a_restorer_on_arm() -> None:
    memory = Written(at_1000=struct.pack("<QQQQ", 1, 0x10000000, 1 << 14, 0))
    assert text("rt_sigaction", 2, 0x1000, 0, 8, memory=memory, arch="aarch64") == (
        "rt_sigaction(SIGINT, {sa_handler=SIG_IGN, sa_mask=[TERM], sa_flags=SA_RESTART}, NULL, 8"
    ).replace("[TERM]", "[TERM]")


def test_old_sets_of_i386() -> None:
    assert arguments("sigprocmask", 0, 0x1000, 0, memory=Written(at_1000=struct.pack("<I", 2)), arch="i386") == [
        "SIG_BLOCK",
        "[INT]",
        "NULL",
    ]
