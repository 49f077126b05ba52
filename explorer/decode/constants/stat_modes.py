"""File types and permission bits: include/uapi/linux/stat.h."""

from typing import Final

TYPES: Final[dict[int, str]] = {
    0o10000: "S_IFIFO",
    0o20000: "S_IFCHR",
    0o40000: "S_IFDIR",
    0o60000: "S_IFBLK",
    0o100000: "S_IFREG",
    0o120000: "S_IFLNK",
    0o140000: "S_IFSOCK",
}
