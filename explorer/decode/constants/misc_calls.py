"""Small tables of calls that have one or two: include/uapi/linux/random.h, fs.h, falloc.h, fadvise.h, openat2.h, time.h, landlock.h …"""

from typing import Final

GRND: Final[dict[int, str]] = {
    0x1: "GRND_NONBLOCK",
    0x2: "GRND_RANDOM",
    0x4: "GRND_INSECURE",
}

SPLICE: Final[dict[int, str]] = {
    0x1: "SPLICE_F_MOVE",
    0x2: "SPLICE_F_NONBLOCK",
    0x4: "SPLICE_F_MORE",
    0x8: "SPLICE_F_GIFT",
}

RENAME: Final[dict[int, str]] = {
    0x1: "RENAME_NOREPLACE",
    0x2: "RENAME_EXCHANGE",
    0x4: "RENAME_WHITEOUT",
}

CLOSE_RANGE: Final[dict[int, str]] = {
    0x2: "CLOSE_RANGE_UNSHARE",
    0x4: "CLOSE_RANGE_CLOEXEC",
}

RWF: Final[dict[int, str]] = {
    0x1: "RWF_HIPRI",
    0x2: "RWF_DSYNC",
    0x4: "RWF_SYNC",
    0x8: "RWF_NOWAIT",
    0x10: "RWF_APPEND",
    0x20: "RWF_NOAPPEND",
    0x40: "RWF_ATOMIC",
    0x80: "RWF_DONTCACHE",
    0x100: "RWF_NOSIGNAL",
}

FALLOC: Final[dict[int, str]] = {
    0x1: "FALLOC_FL_KEEP_SIZE",
    0x2: "FALLOC_FL_PUNCH_HOLE",
    0x4: "FALLOC_FL_NO_HIDE_STALE",
    0x8: "FALLOC_FL_COLLAPSE_RANGE",
    0x10: "FALLOC_FL_ZERO_RANGE",
    0x20: "FALLOC_FL_INSERT_RANGE",
    0x40: "FALLOC_FL_UNSHARE_RANGE",
    0x80: "FALLOC_FL_WRITE_ZEROES",
}

FADVISE: Final[dict[int, str]] = {
    0: "POSIX_FADV_NORMAL",
    1: "POSIX_FADV_RANDOM",
    2: "POSIX_FADV_SEQUENTIAL",
    3: "POSIX_FADV_WILLNEED",
    4: "POSIX_FADV_DONTNEED",
    5: "POSIX_FADV_NOREUSE",
}

SYNC_RANGE: Final[dict[int, str]] = {
    0x1: "SYNC_FILE_RANGE_WAIT_BEFORE",
    0x2: "SYNC_FILE_RANGE_WRITE",
    0x4: "SYNC_FILE_RANGE_WAIT_AFTER",
}

RESOLVE: Final[dict[int, str]] = {
    0x1: "RESOLVE_NO_XDEV",
    0x2: "RESOLVE_NO_MAGICLINKS",
    0x4: "RESOLVE_NO_SYMLINKS",
    0x8: "RESOLVE_BENEATH",
    0x10: "RESOLVE_IN_ROOT",
    0x20: "RESOLVE_CACHED",
}

TIMERS: Final[dict[int, str]] = {
    0: "ITIMER_REAL",
    1: "ITIMER_VIRTUAL",
    2: "ITIMER_PROF",
}

TIMER_FLAGS: Final[dict[int, str]] = {
    1: "TIMER_ABSTIME",
}

RSEQ: Final[dict[int, str]] = {
    1: "RSEQ_FLAG_UNREGISTER",
}

XATTR: Final[dict[int, str]] = {
    1: "XATTR_CREATE",
    2: "XATTR_REPLACE",
}

LANDLOCK_RULES: Final[dict[int, str]] = {
    1: "LANDLOCK_RULE_PATH_BENEATH",
    2: "LANDLOCK_RULE_NET_PORT",
}

SIGEV: Final[dict[int, str]] = {
    0: "SIGEV_SIGNAL",
    1: "SIGEV_NONE",
    2: "SIGEV_THREAD",
    4: "SIGEV_THREAD_ID",
}
