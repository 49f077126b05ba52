"""Limits, usage, priorities."""

from explorer.decode.constants.rlimits import NAMES, PRIORITIES, USAGE
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.flags import Choice
from explorer.decode.syscall.args.number import LONG
from explorer.decode.syscall.args.struct import Member, Struct
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import fixed, reads
from explorer.decode.syscall.value import address, struct
from explorer.model.trace import Value

RESOURCE = Choice(NAMES, "RLIMIT")
WHO = Choice({**USAGE, -1: "RUSAGE_CHILDREN"}, "RUSAGE", negative=True)
PRIORITY_OF = Choice(PRIORITIES, "PRIO")


def amount(value: int, infinity: int, name: str) -> str:
    """8192*1024, as strace writes whole kilobytes; RLIM_INFINITY."""
    if value == infinity:
        return name
    return f"{value // 1024}*1024" if value > 1024 and value % 1024 == 0 else str(value)


def limits(frame: Frame, raw: int, code: str, infinity: int, name: str) -> Value:
    found = memory.numbers(frame.memory, raw, code)
    if found is None:
        return address(raw)
    return struct(
        raw, [(word, Value(value, amount(value, infinity, name))) for word, value in zip(("rlim_cur", "rlim_max"), found, strict=True)]
    )


@reads(fixed("QQ", "II"))
def RLIMIT(frame: Frame, raw: int) -> Value:
    return (
        limits(frame, raw, "QQ", (1 << 64) - 1, "RLIM_INFINITY")
        if frame.word == 8
        else limits(frame, raw, "II", (1 << 32) - 1, "RLIM_INFINITY")
    )


@reads(fixed("QQ"))
def RLIMIT64(frame: Frame, raw: int) -> Value:
    return limits(frame, raw, "QQ", (1 << 64) - 1, "RLIM64_INFINITY")


REST = [
    "maxrss",
    "ixrss",
    "idrss",
    "isrss",
    "minflt",
    "majflt",
    "nswap",
    "inblock",
    "oublock",
    "msgsnd",
    "msgrcv",
    "nsignals",
    "nvcsw",
    "nivcsw",
]
_USAGE = Struct(*(Member(f"ru_{name}", "l", LONG) for name in ("usec0", "usec1", "usec2", "usec3", *REST)))


@reads(_USAGE.reads)
def RUSAGE_OF(frame: Frame, raw: int) -> Value:
    """{ru_utime={tv_sec=0, tv_usec=0}, ru_stime={…}, ...}."""
    found = memory.unpacked(frame.memory, raw, _USAGE.wide if frame.word == 8 else _USAGE.narrow)
    if found is None:
        return address(raw)
    number = [Value(value, str(value)) for value in found]
    parts = [
        ("ru_utime", struct(0, [("tv_sec", number[0]), ("tv_usec", number[1])])),
        ("ru_stime", struct(0, [("tv_sec", number[2]), ("tv_usec", number[3])])),
    ]
    if not frame.style.verbose:
        return struct(raw, [*parts, ("", Value(0, "..."))])
    return struct(raw, parts + [(f"ru_{name}", value) for name, value in zip(REST, number[4:], strict=True)])
