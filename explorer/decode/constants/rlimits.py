"""Resources of getrlimit(2): include/uapi/asm-generic/resource.h."""

from typing import Final

NAMES: Final[dict[int, str]] = {
    0: "RLIMIT_CPU",
    1: "RLIMIT_FSIZE",
    2: "RLIMIT_DATA",
    3: "RLIMIT_STACK",
    4: "RLIMIT_CORE",
    5: "RLIMIT_RSS",
    6: "RLIMIT_NPROC",
    7: "RLIMIT_NOFILE",
    8: "RLIMIT_MEMLOCK",
    9: "RLIMIT_AS",
    10: "RLIMIT_LOCKS",
    11: "RLIMIT_SIGPENDING",
    12: "RLIMIT_MSGQUEUE",
    13: "RLIMIT_NICE",
    14: "RLIMIT_RTPRIO",
    15: "RLIMIT_RTTIME",
}

USAGE: Final[dict[int, str]] = {
    -2: "RUSAGE_BOTH",
    -1: "RUSAGE_CHILDREN",
    0: "RUSAGE_SELF",
    1: "RUSAGE_THREAD",
}

PRIORITIES: Final[dict[int, str]] = {
    0: "PRIO_PROCESS",
    1: "PRIO_PGRP",
    2: "PRIO_USER",
}
