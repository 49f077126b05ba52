"""open(2) flags: include/uapi/asm-generic/fcntl.h, and arch/arm64/include/uapi/asm/fcntl.h, which has four of its own."""

from functools import lru_cache
from typing import Final

O_ACCMODE: Final = 0o3
O_PATH: Final = 0o10000000
ACCESS: Final = ("O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE")

NAMES: Final[dict[int, str]] = {
    0o100: "O_CREAT",
    0o200: "O_EXCL",
    0o400: "O_NOCTTY",
    0o1000: "O_TRUNC",
    0o2000: "O_APPEND",
    0o4000: "O_NONBLOCK",
    0o4010000: "O_SYNC",
    0o10000: "O_DSYNC",
    0o20000: "O_ASYNC",
    0o40000: "O_DIRECT",
    0o100000: "O_LARGEFILE",
    0o20200000: "O_TMPFILE",
    0o200000: "O_DIRECTORY",
    0o400000: "O_NOFOLLOW",
    0o1000000: "O_NOATIME",
    0o2000000: "O_CLOEXEC",
    0o10000000: "O_PATH",
    0o400000000: "O_EMPTYPATH",
}
"""A flag that holds another (O_SYNC, O_TMPFILE) stands before it."""

AARCH64_NAMES: Final[dict[int, str]] = {
    {0o40000: 0o200000, 0o100000: 0o400000, 0o200000: 0o40000, 0o400000: 0o100000, 0o20200000: 0o20040000}.get(bit, bit): name
    for bit, name in NAMES.items()
}
BY_ARCH: Final[dict[str, dict[int, str]]] = {"aarch64": AARCH64_NAMES}


@lru_cache(1024)
def flag_names(flags: int, arch: str = "x86_64") -> tuple[str, ...]:
    """The access mode first, then each flag; what has no name as one hex number. O_PATH allows no access, so it has none."""
    found = [] if flags & O_PATH else [ACCESS[flags & O_ACCMODE]]
    rest = flags & ~O_ACCMODE
    for bits, name in BY_ARCH.get(arch, NAMES).items():
        if rest & bits == bits:
            found.append(name)
            rest &= ~bits
    return (*found, f"{rest:#x}") if rest else tuple(found)
