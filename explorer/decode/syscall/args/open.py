"""Flags of open(2), the mode that goes with some of them, openat2's structure."""

from functools import cache, lru_cache

from explorer.decode.constants.misc_calls import RESOLVE
from explorer.decode.constants.open_flags import ACCESS, BY_ARCH, NAMES, O_ACCMODE
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.flags import named
from explorer.decode.syscall.args.number import MODE
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import fixed, reads
from explorer.decode.syscall.value import address, struct
from explorer.model.trace import Value

LAST = {"O_NOFOLLOW": 1, "O_NOATIME": 2, "O_CLOEXEC": 3, "O_PATH": 4, "O_TMPFILE": 5, "O_DIRECTORY": 6, "O_EMPTYPATH": 7, "FASYNC": 8}
STRACE = {"O_ASYNC": "FASYNC"}
CREATES = 0o100 | 0o20000000
"""O_CREAT and the bit of O_TMPFILE that is its own: only with them is a mode looked at (open(2))."""


@lru_cache(4096)
def text_of(flags: int, arch: str) -> str:
    """The access mode always, also with O_PATH, as strace has it."""
    rest = flags & ~O_ACCMODE
    return ACCESS[flags & O_ACCMODE] + (f"|{named(rest, order(arch), 'O')}".partition(" /*")[0] if rest else "")


@cache
def order(arch: str) -> dict[int, str]:
    """The flags in strace's order."""
    names = BY_ARCH.get(arch, NAMES)
    return dict(sorted(((bits, STRACE.get(name, name)) for bits, name in names.items()), key=lambda pair: LAST.get(pair[1], 0)))


def DESCRIPTOR_FLAGS(frame: Frame, raw: int) -> Value:
    """Flags of pipe2 and dup3: those of open without an access mode."""
    return Value(raw, named(raw & 0xFFFFFFFF, order(frame.arch), "O"))


def OPEN_FLAGS(frame: Frame, raw: int) -> Value:
    return Value(raw, text_of(raw & 0xFFFFFFFF, frame.arch))


def MODE_IF_CREATED(frame: Frame, raw: int) -> Value | None:
    return MODE(frame, raw) if frame["flags"] & CREATES else None


def ATTRIBUTES_IF_CREATED(frame: Frame, raw: int) -> Value | None:
    return address(raw) if frame["flags"] & CREATES else None


@reads(fixed("QQQ"))
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
