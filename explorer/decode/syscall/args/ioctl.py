"""ioctl(2): requests by name, and the arguments of the terminal's and the commonest others."""

from typing import Final

from explorer.decode.constants.ioctls import NAMES
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.array import one
from explorer.decode.syscall.args.fd import FD
from explorer.decode.syscall.args.flags import Choice
from explorer.decode.syscall.args.number import INT, LONG_HEX, PID, UINT
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.args.struct import Member, Struct
from explorer.decode.syscall.args.termios import TERMIOS, TERMIOS2
from explorer.decode.syscall.call import Frame, Printer
from explorer.decode.syscall.reads import Case, Read, reads
from explorer.decode.syscall.value import address
from explorer.model.trace import Value

WINDOW = Struct(*(Member(name, "H", UINT) for name in ("ws_row", "ws_col", "ws_xpixel", "ws_ypixel")))
NUMBER, PROCESS = one("i", INT), one("i", PID)
DIRECTIONS = {0: "_IOC_NONE", 1: "_IOC_WRITE", 2: "_IOC_READ", 3: "_IOC_READ|_IOC_WRITE"}

ARGUMENTS: Final[dict[str, Printer]] = {
    "TCGETS": Out(TERMIOS), "TCSETS": TERMIOS, "TCSETSW": TERMIOS, "TCSETSF": TERMIOS,
    "TCGETS2": Out(TERMIOS2), "TCSETS2": TERMIOS2, "TCSETSW2": TERMIOS2, "TCSETSF2": TERMIOS2,
    "TIOCGWINSZ": Out(WINDOW), "TIOCSWINSZ": WINDOW, "TIOCGPGRP": Out(PROCESS), "TIOCSPGRP": PROCESS, "TIOCGSID": Out(PROCESS),
    "FIONREAD": Out(NUMBER), "TIOCOUTQ": Out(NUMBER), "FIONBIO": NUMBER, "FIOASYNC": NUMBER, "TIOCGPTN": Out(one("I", UINT)),
    "TIOCSPTLCK": NUMBER, "TIOCGETD": Out(NUMBER), "TIOCSETD": NUMBER, "TIOCPKT": NUMBER, "SIOCATMARK": Out(NUMBER),
    "TCSBRK": INT, "TCSBRKP": INT, "TCXONC": Choice({0: "TCOOFF", 1: "TCOON", 2: "TCIOFF", 3: "TCION"}, "TC"),
    "TCFLSH": Choice({0: "TCIFLUSH", 1: "TCOFLUSH", 2: "TCIOFLUSH"}, "TC"), "TIOCSCTTY": INT, "FICLONE": FD, "BLKROGET": Out(NUMBER),
}  # fmt: skip
BARE: Final = {"FIOCLEX", "FIONCLEX", "TIOCEXCL", "TIOCNXCL", "TIOCNOTTY", "TIOCSBRK", "TIOCCBRK", "TIOCVHANGUP", "BLKFLSBUF", "BLKRRPART"}
"""Requests whose argument nobody looks at."""


def REQUEST(_frame: Frame, raw: int) -> Value:
    """A name, or the parts of the number: _IOC(direction, type, number, size) (asm-generic/ioctl.h)."""
    low = raw & 0xFFFFFFFF
    if low in NAMES:
        return Value(raw, NAMES[low])
    kind, number, size = low >> 8 & 0xFF, low & 0xFF, low >> 16 & 0x3FFF
    return Value(raw, f"_IOC({DIRECTIONS[low >> 30]}, {zero(kind)}, {zero(number)}, {zero(size)})")


def zero(value: int) -> str:
    return f"{value:#x}" if value else "0"


@reads(Read())
def THERE(frame: Frame, raw: int) -> Value:
    """The argument of a request that has a name: an address where something can be read."""
    return address(raw) if raw and memory.word(frame.memory, raw, 1) is not None else LONG_HEX(frame, raw)


@reads(Case("op", 0xFFFFFFFF, {number: ARGUMENTS.get(name, THERE) for number, name in NAMES.items() if name not in BARE}))
def ARGUMENT(frame: Frame, raw: int) -> Value | None:
    low = frame["op"] & 0xFFFFFFFF
    name = NAMES.get(low, "")
    if name in BARE:
        return None
    if name in ARGUMENTS:
        return ARGUMENTS[name](frame, raw)
    return THERE(frame, raw) if name else LONG_HEX(frame, raw)
