"""Signals: include/uapi/asm-generic/signal.h, signal(7). The same numbers on x86 and ARM."""

from typing import Final

NAMES: Final[dict[int, str]] = {
    1: "SIGHUP",
    2: "SIGINT",
    3: "SIGQUIT",
    4: "SIGILL",
    5: "SIGTRAP",
    6: "SIGABRT",
    7: "SIGBUS",
    8: "SIGFPE",
    9: "SIGKILL",
    10: "SIGUSR1",
    11: "SIGSEGV",
    12: "SIGUSR2",
    13: "SIGPIPE",
    14: "SIGALRM",
    15: "SIGTERM",
    16: "SIGSTKFLT",
    17: "SIGCHLD",
    18: "SIGCONT",
    19: "SIGSTOP",
    20: "SIGTSTP",
    21: "SIGTTIN",
    22: "SIGTTOU",
    23: "SIGURG",
    24: "SIGXCPU",
    25: "SIGXFSZ",
    26: "SIGVTALRM",
    27: "SIGPROF",
    28: "SIGWINCH",
    29: "SIGIO",
    30: "SIGPWR",
    31: "SIGSYS",
}
FIRST_REAL_TIME: Final = 32
SIGRTMIN: Final = 34
SIGRTMAX: Final = 64
"""The kernel's real-time signals begin at 32; the C library's threads use the first two, so programs see SIGRTMIN as 34 (signal(7))."""


def signal_name(number: int) -> str:
    """As programs and kill -l say it: SIGINT, SIGRTMIN+1 (35), SIGRTMAX-1 (63); an unknown number as it is."""
    if number in NAMES:
        return NAMES[number]
    if not FIRST_REAL_TIME <= number <= SIGRTMAX:
        return str(number)
    if number < SIGRTMIN:
        return f"SIG{number}"
    low, high = number - SIGRTMIN, SIGRTMAX - number
    if low <= high:
        return f"SIGRTMIN+{low}" if low else "SIGRTMIN"
    return f"SIGRTMAX-{high}" if high else "SIGRTMAX"


def strace_name(number: int) -> str:
    """As strace says it, from the kernel's first real-time signal on: SIGRTMIN (32), SIGRT_1 (33), SIGRT_3 (35)."""
    if number in NAMES:
        return NAMES[number]
    if not FIRST_REAL_TIME <= number <= SIGRTMAX:
        return str(number)
    return f"SIGRT_{number - FIRST_REAL_TIME}" if number > FIRST_REAL_TIME else "SIGRTMIN"


def members(mask: int) -> tuple[int, ...]:
    """The signals whose bits are set; bit 0 is signal 1."""
    return tuple(bit + 1 for bit in range(mask.bit_length()) if mask >> bit & 1)
