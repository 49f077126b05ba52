"""Types, flags and shutdown ways of socket calls: include/linux/net.h, socket.h."""

from typing import Final

TYPES: Final[dict[int, str]] = {
    1: "SOCK_STREAM",
    2: "SOCK_DGRAM",
    3: "SOCK_RAW",
    4: "SOCK_RDM",
    5: "SOCK_SEQPACKET",
    6: "SOCK_DCCP",
    10: "SOCK_PACKET",
}

TYPE_FLAGS: Final[dict[int, str]] = {
    0x80000: "SOCK_CLOEXEC",
    0x800: "SOCK_NONBLOCK",
}

MSG: Final[dict[int, str]] = {
    0x1: "MSG_OOB",
    0x2: "MSG_PEEK",
    0x4: "MSG_DONTROUTE",
    0x8: "MSG_CTRUNC",
    0x10: "MSG_PROBE",
    0x20: "MSG_TRUNC",
    0x40: "MSG_DONTWAIT",
    0x80: "MSG_EOR",
    0x100: "MSG_WAITALL",
    0x200: "MSG_FIN",
    0x400: "MSG_SYN",
    0x800: "MSG_CONFIRM",
    0x1000: "MSG_RST",
    0x2000: "MSG_ERRQUEUE",
    0x4000: "MSG_NOSIGNAL",
    0x8000: "MSG_MORE",
    0x10000: "MSG_WAITFORONE",
    0x20000: "MSG_SENDPAGE_NOTLAST",
    0x40000: "MSG_BATCH",
    0x80000: "MSG_NO_SHARED_FRAGS",
    0x2000000: "MSG_SOCK_DEVMEM",
    0x4000000: "MSG_ZEROCOPY",
    0x20000000: "MSG_FASTOPEN",
    0x40000000: "MSG_CMSG_CLOEXEC",
    0x80000000: "MSG_CMSG_COMPAT",
}

SHUTDOWN: Final[dict[int, str]] = {
    0: "SHUT_RD",
    1: "SHUT_WR",
    2: "SHUT_RDWR",
}

SCM: Final[dict[int, str]] = {
    1: "SCM_RIGHTS",
    2: "SCM_CREDENTIALS",
    3: "SCM_SECURITY",
    4: "SCM_PIDFD",
}
