"""Flags of open(2), the mode that goes with some of them, openat2's structure."""

from explorer.decode.constants.misc_calls import RESOLVE
from explorer.decode.constants.open_flags import O_PATH, flag_names
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.flags import named
from explorer.decode.syscall.args.number import MODE
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.value import address, struct
from explorer.model.trace import Value

CREATES = 0o100 | 0o20000000
"""O_CREAT and the bit of O_TMPFILE that is its own: only with them is a mode looked at (open(2))."""


def text_of(flags: int, arch: str) -> str:
    """strace writes the access mode always, also with O_PATH."""
    shown = "|".join(flag_names(flags, arch))
    return f"O_RDONLY|{shown}" if flags & O_PATH and not flags & 3 else shown


def OPEN_FLAGS(frame: Frame, raw: int) -> Value:
    return Value(raw, text_of(raw & 0xFFFFFFFF, frame.arch))


def MODE_IF_CREATED(frame: Frame, raw: int) -> Value | None:
    return MODE(frame, raw) if frame["flags"] & CREATES else None


def OPEN_HOW(frame: Frame, raw: int) -> Value:
    """struct open_how (linux/openat2.h): three 64-bit numbers."""
    found = memory.numbers(frame.memory, raw, "QQQ")
    if found is None:
        return address(raw)
    flags, mode, resolve = found
    parts = [("flags", Value(flags, text_of(flags, frame.arch)))]
    if flags & CREATES or mode:
        parts.append(("mode", Value(mode, MODE(frame, mode).text if mode < 1 << 16 else f"0{mode:o}")))
    parts.append(("resolve", Value(resolve, named(resolve, RESOLVE, "RESOLVE"))))
    return struct(raw, parts)
