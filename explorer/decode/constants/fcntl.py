"""Commands and flags of fcntl(2), flock(2): include/uapi/linux/fcntl.h, asm-generic/fcntl.h."""

from typing import Final

COMMANDS: Final[dict[int, str]] = {
    0: "F_DUPFD",
    1: "F_GETFD",
    2: "F_SETFD",
    3: "F_GETFL",
    4: "F_SETFL",
    5: "F_GETLK",
    6: "F_SETLK",
    7: "F_SETLKW",
    8: "F_SETOWN",
    9: "F_GETOWN",
    10: "F_SETSIG",
    11: "F_GETSIG",
    12: "F_GETLK64",
    13: "F_SETLK64",
    14: "F_SETLKW64",
    15: "F_SETOWN_EX",
    16: "F_GETOWN_EX",
    17: "F_GETOWNER_UIDS",
    36: "F_OFD_GETLK",
    37: "F_OFD_SETLK",
    38: "F_OFD_SETLKW",
    1024: "F_SETLEASE",
    1025: "F_GETLEASE",
    1026: "F_NOTIFY",
    1027: "F_DUPFD_QUERY",
    1029: "F_CANCELLK",
    1030: "F_DUPFD_CLOEXEC",
    1031: "F_SETPIPE_SZ",
    1032: "F_GETPIPE_SZ",
    1033: "F_ADD_SEALS",
    1034: "F_GET_SEALS",
    1035: "F_GET_RW_HINT",
    1036: "F_SET_RW_HINT",
    1037: "F_GET_FILE_RW_HINT",
    1038: "F_SET_FILE_RW_HINT",
    1039: "F_GETDELEG",
    1040: "F_SETDELEG",
}

LOCKS: Final[dict[int, str]] = {
    0: "F_RDLCK",
    1: "F_WRLCK",
    2: "F_UNLCK",
    4: "F_EXLCK",
    8: "F_SHLCK",
}

FLOCK: Final[dict[int, str]] = {
    0x1: "LOCK_SH",
    0x2: "LOCK_EX",
    0x4: "LOCK_NB",
    0x8: "LOCK_UN",
    0x20: "LOCK_MAND",
    0xC0: "LOCK_RW",
    0x40: "LOCK_READ",
    0x80: "LOCK_WRITE",
}

FD_FLAGS: Final[dict[int, str]] = {
    1: "FD_CLOEXEC",
}

NOTIFY: Final[dict[int, str]] = {
    0x1: "DN_ACCESS",
    0x2: "DN_MODIFY",
    0x4: "DN_CREATE",
    0x8: "DN_DELETE",
    0x10: "DN_RENAME",
    0x20: "DN_ATTRIB",
    0x80000000: "DN_MULTISHOT",
}

LEASES: Final[dict[int, str]] = {
    0: "F_RDLCK",
    1: "F_WRLCK",
    2: "F_UNLCK",
}

OWNERS: Final[dict[int, str]] = {
    0: "F_OWNER_TID",
    1: "F_OWNER_PID",
    2: "F_OWNER_PGRP",
}
