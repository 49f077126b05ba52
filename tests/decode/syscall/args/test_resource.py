"""Limits and usage."""

import struct

from explorer.decode.syscall.call import Style
from tests.decode.syscall.decoded import text
from tests.memory import Written


def test_limits() -> None:
    memory = Written(at_1000=struct.pack("<QQ", 8 << 20, (1 << 64) - 1))
    assert text("setrlimit", 3, 0x1000, memory=memory) == "setrlimit(RLIMIT_STACK, {rlim_cur=8192*1024, rlim_max=RLIM_INFINITY}"
    assert text("prlimit64", 0, 7, 0x1000, 0, memory=memory).endswith("rlim_max=RLIM64_INFINITY}, NULL")
    small = Written(at_1000=struct.pack("<II", 1024, 0xFFFFFFFF))
    assert text("setrlimit", 7, 0x1000, memory=small, arch="i386") == "setrlimit(RLIMIT_NOFILE, {rlim_cur=1024, rlim_max=RLIM_INFINITY}"


def test_usage() -> None:
    memory = Written(at_1000=struct.pack("<18q", *range(18)))
    shown = text("getrusage", 0, 0x1000, memory=memory, result=0)
    assert shown == "getrusage(RUSAGE_SELF, {ru_utime={tv_sec=0, tv_usec=1}, ru_stime={tv_sec=2, tv_usec=3}, ...}) = 0"
    assert "ru_nivcsw=17}" in text("getrusage", 0, 0x1000, memory=memory, result=0, style=Style(verbose=True))
