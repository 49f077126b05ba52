"""Flags of the *at calls: include/uapi/linux/fcntl.h."""

from typing import Final

AT: Final[dict[int, str]] = {
    0x100: "AT_SYMLINK_NOFOLLOW",
    0x200: "AT_REMOVEDIR",
    0x400: "AT_SYMLINK_FOLLOW",
    0x800: "AT_NO_AUTOMOUNT",
    0x1000: "AT_EMPTY_PATH",
    0x8000: "AT_RECURSIVE",
}

FACCESSAT: Final[dict[int, str]] = {
    0x100: "AT_SYMLINK_NOFOLLOW",
    0x200: "AT_EACCESS",
    0x1000: "AT_EMPTY_PATH",
}

STATX_SYNC: Final[dict[int, str]] = {
    0x0: "AT_STATX_SYNC_AS_STAT",
    0x2000: "AT_STATX_FORCE_SYNC",
    0x4000: "AT_STATX_DONT_SYNC",
}
