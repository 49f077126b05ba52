"""System V IPC: include/uapi/linux/ipc.h, sem.h, shm.h, msg.h."""

from typing import Final

FLAGS: Final[dict[int, str]] = {
    0o1000: "IPC_CREAT",
    0o2000: "IPC_EXCL",
    0o4000: "IPC_NOWAIT",
}

COMMANDS: Final[dict[int, str]] = {
    0: "IPC_RMID",
    1: "IPC_SET",
    2: "IPC_STAT",
    3: "IPC_INFO",
}

SEM: Final[dict[int, str]] = {
    0: "IPC_RMID",
    1: "IPC_SET",
    2: "IPC_STAT",
    3: "IPC_INFO",
    11: "GETPID",
    12: "GETVAL",
    13: "GETALL",
    14: "GETNCNT",
    15: "GETZCNT",
    16: "SETVAL",
    17: "SETALL",
    18: "SEM_STAT",
    19: "SEM_INFO",
    20: "SEM_STAT_ANY",
}

SHM: Final[dict[int, str]] = {
    0: "IPC_RMID",
    1: "IPC_SET",
    2: "IPC_STAT",
    3: "IPC_INFO",
    11: "SHM_LOCK",
    12: "SHM_UNLOCK",
    13: "SHM_STAT",
    14: "SHM_INFO",
    15: "SHM_STAT_ANY",
}

MSG: Final[dict[int, str]] = {
    0: "IPC_RMID",
    1: "IPC_SET",
    2: "IPC_STAT",
    3: "IPC_INFO",
    11: "MSG_STAT",
    12: "MSG_INFO",
    13: "MSG_STAT_ANY",
}

SHMAT: Final[dict[int, str]] = {
    0x1000: "SHM_RDONLY",
    0x2000: "SHM_RND",
    0x4000: "SHM_REMAP",
    0x8000: "SHM_EXEC",
}

SHMGET: Final[dict[int, str]] = {
    0x800: "SHM_HUGETLB",
    0x1000: "SHM_NORESERVE",
}

SEM_FLAGS: Final[dict[int, str]] = {
    0x1000: "SEM_UNDO",
    0x800: "IPC_NOWAIT",
}

MSG_FLAGS: Final[dict[int, str]] = {
    0x1000: "MSG_NOERROR",
    0x2000: "MSG_EXCEPT",
    0x4000: "MSG_COPY",
    0x800: "IPC_NOWAIT",
}
