"""struct stat, statfs, statx: what a finished call found."""

from explorer.decode.constants.statx import ATTRIBUTES, MASK
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.flags import named
from explorer.decode.syscall.args.mode import DEVICES, S_IFMT, device_text, mode_text
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.value import ELLIPSIS, address, struct
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


def number(value: int) -> Value:
    return Value(value, str(value))


def _stat(frame: Frame, raw: int) -> Value:
    code, names = LAYOUTS.get(frame.arch, LAYOUTS["x86_64"])
    found = memory.numbers(frame.memory, raw, code)
    if found is None:
        return address(raw)
    facts = dict(zip(names.split(), found, strict=True))
    mode = facts["mode"]
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
            parts += [(f"st_{name}", number(facts[name])), (f"st_{name}_nsec", number(facts[f"{name}nsec"]))]
        return struct(raw, parts)
    return struct(raw, [*parts, ELLIPSIS])


STAT = Out(_stat)

STATX_NUMBERS = "IIQIIIH2xQQQQ"
STATX_NAMES = ["mask", "blksize", "attributes", "nlink", "uid", "gid", "mode", "ino", "size", "blocks", "attributes_mask"]


def _statx(frame: Frame, raw: int) -> Value:
    found = memory.numbers(frame.memory, raw, STATX_NUMBERS)
    if found is None:
        return address(raw)
    facts = dict(zip(STATX_NAMES, found, strict=True))
    parts = [
        ("stx_mask", Value(facts["mask"], statx_mask(facts["mask"]))),
        ("stx_attributes", Value(facts["attributes"], named(facts["attributes"], ATTRIBUTES, "STATX_ATTR"))),
        ("stx_mode", Value(facts["mode"], mode_text(facts["mode"]))),
        ("stx_size", number(facts["size"])),
        ELLIPSIS,
    ]
    return struct(raw, parts)


ALL, BASIC = 0xFFF, 0x7FF


def statx_mask(mask: int) -> str:
    """STATX_ALL|STATX_MNT_ID: the two sets first, as strace does."""
    for bits, name in ((ALL, "STATX_ALL"), (BASIC, "STATX_BASIC_STATS")):
        if mask & bits == bits:
            rest = mask & ~bits
            return f"{name}|{named(rest, MASK, 'STATX')}" if rest else name
    return named(mask, MASK, "STATX")


STATX = Out(_statx)


def STATX_MASK(_frame: Frame, raw: int) -> Value:
    return Value(raw, statx_mask(raw & 0xFFFFFFFF))


MAGIC = {0xEF53: "EXT2_SUPER_MAGIC", 0x01021994: "TMPFS_MAGIC", 0x9FA0: "PROC_SUPER_MAGIC", 0x62656572: "SYSFS_MAGIC", 0x58465342: "XFS_SUPER_MAGIC",
         0x9123683E: "BTRFS_SUPER_MAGIC", 0x794C7630: "OVERLAYFS_SUPER_MAGIC", 0x6969: "NFS_SUPER_MAGIC", 0x1CD1: "DEVPTS_SUPER_MAGIC",
         0x63677270: "CGROUP2_SUPER_MAGIC", 0x27E0EB: "CGROUP_SUPER_MAGIC", 0x50494446: "PID_FS_MAGIC", 0x6E736673: "NSFS_MAGIC",
         0x01021997: "V9FS_MAGIC", 0x65735546: "FUSE_SUPER_MAGIC", 0xFF534D42: "CIFS_SUPER_MAGIC", 0x958458F6: "HUGETLBFS_MAGIC",
         0x19800202: "MQUEUE_MAGIC", 0x64626720: "DEBUGFS_MAGIC", 0x74726163: "TRACEFS_MAGIC", 0xCAFE4A11: "BPF_FS_MAGIC",
         0x858458F6: "RAMFS_MAGIC", 0x73717368: "SQUASHFS_MAGIC", 0x9660: "ISOFS_SUPER_MAGIC", 0x4D44: "MSDOS_SUPER_MAGIC"}  # fmt: skip
"""Kinds of file system: include/uapi/linux/magic.h."""
ST_FLAGS = {0x20: "ST_VALID", 0x1: "ST_RDONLY", 0x2: "ST_NOSUID", 0x4: "ST_NODEV", 0x8: "ST_NOEXEC", 0x10: "ST_SYNCHRONOUS", 0x40: "ST_MANDLOCK",
            0x400: "ST_NOATIME", 0x800: "ST_NODIRATIME", 0x1000: "ST_RELATIME", 0x2000: "ST_NOSYMFOLLOW"}  # fmt: skip


def _statfs(frame: Frame, raw: int) -> Value:
    found = memory.numbers(frame.memory, raw, "qqQQQQQiiqqq" if frame.word == 8 else "IIIIIIIiiIII")
    if found is None:
        return address(raw)
    kind, block, blocks, free, available, files, ffree, low, high, length, fragment, flags = found
    magic = kind & 0xFFFFFFFF
    parts = [("f_type", Value(kind, MAGIC.get(magic, f"{magic:#x}"))), ("f_bsize", number(block)), ("f_blocks", number(blocks))]
    parts += [("f_bfree", number(free)), ("f_bavail", number(available)), ("f_files", number(files)), ("f_ffree", number(ffree))]
    pair = Value(0, f"{{val=[{hexed(low)}, {hexed(high)}]}}")
    parts += [("f_fsid", pair), ("f_namelen", number(length)), ("f_frsize", number(fragment))]
    parts.append(("f_flags", Value(flags, named(flags, ST_FLAGS, "ST"))))
    return struct(raw, parts)


def hexed(value: int) -> str:
    low = value & 0xFFFFFFFF
    return f"{low:#x}" if low else "0"


STATFS = Out(_statfs)
