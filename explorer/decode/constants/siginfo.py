"""Codes of siginfo: include/uapi/asm-generic/siginfo.h."""

from typing import Final

SI: Final[dict[int, str]] = {
    -60: "SI_ASYNCNL",
    -7: "SI_DETHREAD",
    -6: "SI_TKILL",
    -5: "SI_SIGIO",
    -3: "SI_MESGQ",
    -2: "SI_TIMER",
    -1: "SI_QUEUE",
    0: "SI_USER",
    128: "SI_KERNEL",
}

ILL: Final[dict[int, str]] = {
    1: "ILL_ILLOPC",
    2: "ILL_ILLOPN",
    3: "ILL_ILLADR",
    4: "ILL_ILLTRP",
    5: "ILL_PRVOPC",
    6: "ILL_PRVREG",
    7: "ILL_COPROC",
    8: "ILL_BADSTK",
    9: "ILL_BADIADDR",
}

FPE: Final[dict[int, str]] = {
    1: "FPE_INTDIV",
    2: "FPE_INTOVF",
    3: "FPE_FLTDIV",
    4: "FPE_FLTOVF",
    5: "FPE_FLTUND",
    6: "FPE_FLTRES",
    7: "FPE_FLTINV",
    8: "FPE_FLTSUB",
    14: "FPE_FLTUNK",
    15: "FPE_CONDTRAP",
}

SEGV: Final[dict[int, str]] = {
    1: "SEGV_MAPERR",
    2: "SEGV_ACCERR",
    3: "SEGV_BNDERR",
    4: "SEGV_PKUERR",
    5: "SEGV_ACCADI",
    6: "SEGV_ADIDERR",
    7: "SEGV_ADIPERR",
    8: "SEGV_MTEAERR",
    9: "SEGV_MTESERR",
    10: "SEGV_CPERR",
}

BUS: Final[dict[int, str]] = {
    1: "BUS_ADRALN",
    2: "BUS_ADRERR",
    3: "BUS_OBJERR",
    4: "BUS_MCEERR_AR",
    5: "BUS_MCEERR_AO",
}

TRAP: Final[dict[int, str]] = {
    1: "TRAP_BRKPT",
    2: "TRAP_TRACE",
    3: "TRAP_BRANCH",
    4: "TRAP_HWBKPT",
    5: "TRAP_UNK",
    6: "TRAP_PERF",
}

CLD: Final[dict[int, str]] = {
    1: "CLD_EXITED",
    2: "CLD_KILLED",
    3: "CLD_DUMPED",
    4: "CLD_TRAPPED",
    5: "CLD_STOPPED",
    6: "CLD_CONTINUED",
}

POLL: Final[dict[int, str]] = {
    1: "POLL_IN",
    2: "POLL_OUT",
    3: "POLL_MSG",
    4: "POLL_ERR",
    5: "POLL_PRI",
    6: "POLL_HUP",
}

SYS: Final[dict[int, str]] = {
    1: "SYS_SECCOMP",
    2: "SYS_USER_DISPATCH",
}
