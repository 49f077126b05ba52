"""The machine, scheduling, prctl."""

import struct

from tests.decode.syscall.decoded import arguments, text
from tests.memory import Written


def test_names_and_figures() -> None:
    fields = b"".join(word.ljust(65, b"\0") for word in (b"Linux", b"web1", b"6.1", b"#1", b"x86_64", b"(none)"))
    assert text("uname", 0x1000, memory=Written(at_1000=fields), result=0) == 'uname({sysname="Linux", nodename="web1", ...}) = 0'
    raw = struct.pack("<qQQQQQQQQQH6xQQI4x", 7, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1)
    assert text("sysinfo", 0x1000, memory=Written(at_1000=raw), result=0) == (
        "sysinfo({uptime=7, loads=[1, 2, 3], totalram=4, freeram=5, sharedram=6, bufferram=7, totalswap=8, freeswap=9, procs=10, "
        "totalhigh=11, freehigh=12, mem_unit=1}) = 0"
    )


def test_prctl_shows_what_its_option_looks_at() -> None:
    memory = Written(at_1000=b"worker\0")
    assert text("prctl", 15, 0x1000, 1, 2, 3, memory=memory) == 'prctl(PR_SET_NAME, "worker"'
    assert text("prctl", 1, 15) == "prctl(PR_SET_PDEATHSIG, SIGTERM"
    assert text("prctl", 38, 1, 0, 0, 0) == "prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0"
    assert text("prctl", 23, 21) == "prctl(PR_CAPBSET_READ, CAP_SYS_ADMIN"
    assert text("prctl", 3, result=1) == "prctl(PR_GET_DUMPABLE) = 1 (SUID_DUMP_USER)"


def test_cpus_and_policies() -> None:
    memory = Written(at_1000=struct.pack("<Q", 0b1011) + bytes(120), at_2000=struct.pack("<i", 7))
    assert text("sched_setaffinity", 0, 128, 0x1000, memory=memory) == "sched_setaffinity(0, 128, [0 1 3]"
    assert text("sched_getaffinity", 0, 128, 0x1000, memory=memory, result=8) == "sched_getaffinity(0, 128, [0 1 3]) = 8"
    assert text("sched_setscheduler", 0, 0x40000001, 0x2000, memory=memory) == "sched_setscheduler(0, SCHED_RESET_ON_FORK|SCHED_FIFO, [7]"
    assert text("sched_getscheduler", 0, result=0) == "sched_getscheduler(0) = 0 (SCHED_OTHER)"
    assert arguments("sched_setaffinity", 0, 1 << 40, 0x1000, memory=memory)[2] == "0x1000"
