"""Signal actions and masks: include/uapi/asm-generic/signal-defs.h, signal.h."""

from typing import Final

FLAGS: Final[dict[int, str]] = {
    0x4000000: "SA_RESTORER",
    0x8000000: "SA_ONSTACK",
    0x10000000: "SA_RESTART",
    0x20000000: "SA_INTERRUPT",
    0x40000000: "SA_NODEFER",
    0x80000000: "SA_RESETHAND",
    0x4: "SA_SIGINFO",
    0x1: "SA_NOCLDSTOP",
    0x2: "SA_NOCLDWAIT",
    0x800: "SA_EXPOSE_TAGBITS",
}

HOW: Final[dict[int, str]] = {
    0: "SIG_BLOCK",
    1: "SIG_UNBLOCK",
    2: "SIG_SETMASK",
}

STACK: Final[dict[int, str]] = {
    1: "SS_ONSTACK",
    2: "SS_DISABLE",
    2147483648: "SS_AUTODISARM",
}
