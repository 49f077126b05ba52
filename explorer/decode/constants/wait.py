"""Options and id types of wait4(2), waitid(2): include/uapi/linux/wait.h."""

from typing import Final

OPTIONS: Final[dict[int, str]] = {
    0x1: "WNOHANG",
    0x4: "WEXITED",
    0x2: "WSTOPPED",
    0x8: "WCONTINUED",
    0x1000000: "WNOWAIT",
    0x80000000: "__WCLONE",
    0x40000000: "__WALL",
    0x20000000: "__WNOTHREAD",
}

ID_TYPES: Final[dict[int, str]] = {
    0: "P_ALL",
    1: "P_PID",
    2: "P_PGID",
    3: "P_PIDFD",
}
