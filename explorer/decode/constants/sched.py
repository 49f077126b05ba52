"""Scheduling policies, affinity, I/O priority: include/uapi/linux/sched.h, ioprio.h."""

from typing import Final

POLICIES: Final[dict[int, str]] = {
    0: "SCHED_NORMAL",
    1: "SCHED_FIFO",
    2: "SCHED_RR",
    3: "SCHED_BATCH",
    5: "SCHED_IDLE",
    6: "SCHED_DEADLINE",
    7: "SCHED_EXT",
}

FLAGS: Final[dict[int, str]] = {
    0x1: "SCHED_FLAG_RESET_ON_FORK",
    0x2: "SCHED_FLAG_RECLAIM",
    0x4: "SCHED_FLAG_DL_OVERRUN",
    0x8: "SCHED_FLAG_KEEP_POLICY",
    0x10: "SCHED_FLAG_KEEP_PARAMS",
    0x20: "SCHED_FLAG_UTIL_CLAMP_MIN",
    0x40: "SCHED_FLAG_UTIL_CLAMP_MAX",
}
