"""struct stat, statfs, statx: what a finished call found."""

from explorer.decode.constants.at import AT, STATX_SYNC
from explorer.decode.constants.filesystems import MAGIC, ST_FLAGS
from explorer.decode.constants.statx import ATTRIBUTES, MASK
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.flags import named
from explorer.decode.syscall.args.mode import DEVICES, S_IFMT, device_text, mode_text
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.args.time import dated, moment
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import Read, fixed, reads
from explorer.decode.syscall.value import ELLIPSIS, address, signed, struct
from explorer.model.trace import Value

LAYOUTS = {
    "x86_64": ("QQQIII4xQqqqqqqqqq", "dev ino nlink mode uid gid rdev size blksize blocks atime atimensec mtime mtimensec ctime ctimensec"),
    "aarch64": (
        "QQIIIIQ8xqi4xqqqqqqq",
        "dev ino mode nlink uid gid rdev size blksize blocks atime atimensec mtime mtimensec ctime ctimensec",
    ),
    "i386": (
        "Q4xIIIIIQ4xqIQIIIIIIQ",
        "dev ino32 mode nlink uid gid rdev size blksize blocks atime atimensec mtime mtimensec ctime ctimensec ino",
    ),
}
"""struct stat of 64-bit calls, stat64 of i386: arch/x86/include/uapi/asm/stat.h, asm-generic/stat.h."""

COMPILED = {
    arch: (memory.layout(code), names.split(), names.split().index("mode"), names.split().index("size"))
    for arch, (code, names) in LAYOUTS.items()
}


def number(value: int) -> Value:
    return Value(value, str(value))


@reads(Read(size=144))
def _stat(frame: Frame, raw: int) -> Value:
    compiled, names, mode_place, size_place = COMPILED.get(frame.arch) or COMPILED["x86_64"]
    found = memory.unpacked(frame.memory, raw, compiled)
    if found is None:
        return address(raw)
    mode = found[mode_place]
    if not frame.style.verbose and mode & S_IFMT not in DEVICES:
        text, size = mode_text(mode), str(found[size_place])
        shown = (("st_mode", Value(mode, text)), ("st_size", Value(found[size_place], size)), ELLIPSIS)
        return Value(raw, f"{{st_mode={text}, st_size={size}, ...}}", shown, "struct")
    facts = dict(zip(names, found, strict=True))
    parts: list[tuple[str, Value]] = []
    if frame.style.verbose:
        parts += [("st_dev", Value(facts["dev"], device_text(facts["dev"]))), ("st_ino", number(facts["ino"]))]
    parts.append(("st_mode", Value(mode, mode_text(mode))))
    if frame.style.verbose:
        parts += [(f"st_{name}", number(facts[name])) for name in ("nlink", "uid", "gid", "blksize", "blocks")]
    if mode & S_IFMT in DEVICES:
        parts.append(("st_rdev", Value(facts["rdev"], device_text(facts["rdev"]))))
    else:
        parts.append(("st_size", number(facts["size"])))
    if frame.style.verbose:
        for name in ("atime", "mtime", "ctime"):
            seconds, rest = facts[name], facts[f"{name}nsec"]
            date = moment(signed(seconds, 64), f"{rest:09}" if rest else "")
            when = Value(seconds, f"{seconds} /* {date} */") if date else number(seconds)
            parts += [(f"st_{name}", when), (f"st_{name}_nsec", number(rest))]
        return struct(raw, parts)
    return struct(raw, [*parts, ELLIPSIS])


STAT = Out(_stat)

STATX_NUMBERS = "IIQIIIH2xQQQQ"
STATX_NAMES = ["mask", "blksize", "attributes", "nlink", "uid", "gid", "mode", "ino", "size", "blocks", "attributes_mask"]


STATX_TIMES = "qI4x" * 4
STATX_WHOLE = f"{STATX_NUMBERS}{STATX_TIMES}IIIIQ"
STATX_DATES = (("atime", 0x20), ("btime", 0x800), ("ctime", 0x80), ("mtime", 0x40))
MNT_ID = 0x1000
"""Shown where the mask says that they are there."""


@reads(fixed(STATX_WHOLE))
def _statx(frame: Frame, raw: int) -> Value:
    verbose = frame.style.verbose
    found = memory.numbers(frame.memory, raw, STATX_WHOLE if verbose else STATX_NUMBERS)
    if found is None:
        return address(raw)
    facts = dict(zip(STATX_NAMES, found, strict=False))
    mask = facts["mask"]
    shown = {
        "mask": statx_mask(mask),
        "attributes": named(facts["attributes"], ATTRIBUTES, "STATX_ATTR"),
        "mode": mode_text(facts["mode"]),
        "attributes_mask": named(facts["attributes_mask"], ATTRIBUTES, "STATX_ATTR"),
    }
    names = STATX_NAMES if verbose else ("mask", "attributes", "mode", "size")
    parts = [(f"stx_{name}", Value(facts[name], shown.get(name, str(facts[name])))) for name in names]
    if not verbose:
        return struct(raw, [*parts, ELLIPSIS])
    rest = found[len(STATX_NAMES) :]
    for place, (name, bit) in enumerate(STATX_DATES):
        if mask & bit:
            seconds, fraction = rest[2 * place : 2 * place + 2]
            when = struct(seconds, (("tv_sec", number(seconds)), ("tv_nsec", number(fraction))))
            parts.append((f"stx_{name}", dated(when, 9)))
    places = ("rdev_major", "rdev_minor", "dev_major", "dev_minor")
    parts += [(f"stx_{name}", number(value)) for name, value in zip(places, rest[8:12], strict=True)]
    if mask & MNT_ID:
        parts.append(("stx_mnt_id", Value(rest[12], hexed(rest[12]))))
    return struct(raw, parts)


ALL, BASIC = 0xFFF, 0x7FF
U32 = 0xFFFFFFFF


def statx_mask(mask: int) -> str:
    """STATX_ALL|STATX_MNT_ID: the two sets first, as strace does."""
    for bits, name in ((ALL, "STATX_ALL"), (BASIC, "STATX_BASIC_STATS")):
        if mask & bits == bits:
            rest = mask & ~bits
            return f"{name}|{named(rest, MASK, 'STATX')}" if rest else name
    return named(mask, MASK, "STATX")


STATX = Out(_statx)
SYNC_TYPE = 0x6000


def STATX_FLAGS(_frame: Frame, raw: int) -> Value:
    """How fresh it must be first, then the flags of the other *at calls."""
    low = raw & 0xFFFFFFFF
    sync, rest = low & SYNC_TYPE, low & ~SYNC_TYPE
    shown = STATX_SYNC.get(sync) or "|".join(name for bit, name in STATX_SYNC.items() if sync & bit)
    return Value(raw, f"{shown}|{named(rest, AT, 'AT')}" if rest else shown)


def STATX_MASK(_frame: Frame, raw: int) -> Value:
    return Value(raw, statx_mask(raw & 0xFFFFFFFF))


@reads(fixed("qqQQQQQiiqqq", "IIIIIIIiiIII"))
def _statfs(frame: Frame, raw: int) -> Value:
    found = memory.numbers(frame.memory, raw, "qqQQQQQiiqqq" if frame.word == 8 else "IIIIIIIiiIII")
    if found is None:
        return address(raw)
    kind, block, blocks, free, available, files, ffree, low, high, length, fragment, flags = found
    magic = kind & 0xFFFFFFFF
    parts = [("f_type", Value(kind, MAGIC.get(magic, f"{magic:#x}"))), ("f_bsize", number(block)), ("f_blocks", number(blocks))]
    parts += [("f_bfree", number(free)), ("f_bavail", number(available)), ("f_files", number(files)), ("f_ffree", number(ffree))]
    pair = Value(0, f"{{val=[{hexed(low & U32)}, {hexed(high & U32)}]}}")
    parts += [("f_fsid", pair), ("f_namelen", number(length)), ("f_frsize", number(fragment))]
    parts.append(("f_flags", Value(flags, named(flags, ST_FLAGS, "ST"))))
    return struct(raw, parts)


def hexed(value: int) -> str:
    return f"{value:#x}" if value else "0"


STATFS = Out(_statfs)
