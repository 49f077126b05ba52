"""seccomp(2): include/uapi/linux/seccomp.h."""

from typing import Final

OPERATIONS: Final[dict[int, str]] = {
    0: "SECCOMP_SET_MODE_STRICT",
    1: "SECCOMP_SET_MODE_FILTER",
    2: "SECCOMP_GET_ACTION_AVAIL",
    3: "SECCOMP_GET_NOTIF_SIZES",
}

MODES: Final[dict[int, str]] = {
    0: "SECCOMP_MODE_DISABLED",
    1: "SECCOMP_MODE_STRICT",
    2: "SECCOMP_MODE_FILTER",
}

FLAGS: Final[dict[int, str]] = {
    0x1: "SECCOMP_FILTER_FLAG_TSYNC",
    0x2: "SECCOMP_FILTER_FLAG_LOG",
    0x4: "SECCOMP_FILTER_FLAG_SPEC_ALLOW",
    0x8: "SECCOMP_FILTER_FLAG_NEW_LISTENER",
    0x10: "SECCOMP_FILTER_FLAG_TSYNC_ESRCH",
    0x20: "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV",
}
