"""struct termios: a terminal's modes (asm-generic/termbits.h)."""

from typing import Final

from explorer.decode.syscall import memory
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import Read, reads
from explorer.decode.syscall.value import address, array, struct
from explorer.model.trace import Value

INPUT: Final = {0x1: "IGNBRK", 0x2: "BRKINT", 0x4: "IGNPAR", 0x8: "PARMRK", 0x10: "INPCK", 0x20: "ISTRIP", 0x40: "INLCR",
                0x80: "IGNCR", 0x100: "ICRNL", 0x200: "IUCLC", 0x400: "IXON",
                0x800: "IXANY", 0x1000: "IXOFF", 0x2000: "IMAXBEL", 0x4000: "IUTF8"}  # fmt: skip
OUTPUT: Final = {0x1: "OPOST", 0x2: "OLCUC", 0x4: "ONLCR", 0x8: "OCRNL", 0x10: "ONOCR", 0x20: "ONLRET", 0x40: "OFILL", 0x80: "OFDEL"}
DELAYS: Final = ((0x100, "NL", 8), (0x600, "CR", 9), (0x1800, "TAB", 11), (0x2000, "BS", 13), (0x4000, "VT", 14), (0x8000, "FF", 15))
SIZES: Final = ("CS5", "CS6", "CS7", "CS8")
CONTROL: Final = {0x40: "CSTOPB", 0x80: "CREAD", 0x100: "PARENB", 0x200: "PARODD", 0x400: "HUPCL", 0x800: "CLOCAL", 0x40000000: "CMSPAR",
                  0x80000000: "CRTSCTS"}  # fmt: skip
LOCAL: Final = {0x1: "ISIG", 0x2: "ICANON", 0x4: "XCASE", 0x8: "ECHO", 0x10: "ECHOE", 0x20: "ECHOK", 0x40: "ECHONL", 0x80: "NOFLSH",
                0x8000: "IEXTEN", 0x200: "ECHOCTL", 0x400: "ECHOPRT", 0x800: "ECHOKE", 0x1000: "FLUSHO", 0x4000: "PENDIN", 0x100: "TOSTOP",
                0x10000: "EXTPROC"}  # fmt: skip
SPEEDS: Final = {0: "B0", 1: "B50", 2: "B75", 3: "B110", 4: "B134", 5: "B150", 6: "B200", 7: "B300", 8: "B600", 9: "B1200", 10: "B1800",
                 11: "B2400", 12: "B4800", 13: "B9600", 14: "B19200", 15: "B38400", 0x1000: "BOTHER", 0x1001: "B57600", 0x1002: "B115200",
                 0x1003: "B230400", 0x1004: "B460800", 0x1005: "B500000", 0x1006: "B576000", 0x1007: "B921600", 0x1008: "B1000000",
                 0x1009: "B1152000", 0x100A: "B1500000", 0x100B: "B2000000", 0x100C: "B2500000", 0x100D: "B3000000", 0x100E: "B3500000",
                 0x100F: "B4000000"}  # fmt: skip
CBAUD: Final = 0x100F
IBSHIFT: Final = 16
DELAYED: Final = 0xFF00
NAMES: Final = ("VINTR", "VQUIT", "VERASE", "VKILL", "VEOF", "VTIME", "VMIN", "VSWTC", "VSTART", "VSTOP", "VSUSP", "VEOL", "VREPRINT",
                "VDISCARD", "VWERASE", "VLNEXT", "VEOL2")  # fmt: skip


def bits(value: int, names: dict[int, str]) -> list[str]:
    found = [name for bit, name in names.items() if value & bit]
    rest = value & ~sum(names)
    return [*found, f"{rest:#x}"] if rest else found


def joined(words: list[str]) -> str:
    return "|".join(words) or "0"


def output(flags: int) -> str:
    """Delays are fields of their own and come first; three tab stops are XTABS."""
    words = ["XTABS" if name == "TAB" and flags & mask == mask else f"{name}{(flags & mask) >> shift}" for mask, name, shift in DELAYS]
    rest = flags & ~DELAYED
    return "|".join([*words, *bits(rest, OUTPUT)])


def control(flags: int) -> str:
    """The speed, the speed in where it is another, the size of characters, then bits."""
    words = [SPEEDS.get(flags & CBAUD, f"{flags & CBAUD:#x}")]
    if speed_in := flags >> IBSHIFT & CBAUD:
        words.append(f"{SPEEDS.get(speed_in, f'{speed_in:#x}')}<<IBSHIFT")
    rest = flags & ~(CBAUD | CBAUD << IBSHIFT | 0x30)
    return "|".join([*words, SIZES[flags >> 4 & 3], *bits(rest, CONTROL)])


def decoded(frame: Frame, raw: int, speeds: bool) -> Value:
    found = memory.block(frame.memory, raw, 44 if speeds else 36)
    if found is None:
        return address(raw)
    iflag, oflag, cflag, lflag = (int.from_bytes(found[at : at + 4], "little") for at in (0, 4, 8, 12))
    line, keys = found[16], found[17:36]
    parts = [
        ("c_iflag", Value(iflag, joined(bits(iflag, INPUT)))),
        ("c_oflag", Value(oflag, output(oflag))),
        ("c_cflag", Value(cflag, control(cflag))),
        ("c_lflag", Value(lflag, joined(bits(lflag, LOCAL)))),
    ]
    if not frame.style.verbose:
        return struct(raw, [*parts, ("", Value(0, "..."))])
    listed = [("", Value(key, f"[{NAMES[at] if at < len(NAMES) else at}]={key and hex(key)}")) for at, key in enumerate(keys)]
    parts += [("c_line", Value(line, "N_TTY" if not line else f"{line:#x} /* N_??? */")), ("c_cc", array(0, listed))]
    if speeds:
        parts += [(name, Value(0, str(int.from_bytes(found[at : at + 4], "little")))) for at, name in ((36, "c_ispeed"), (40, "c_ospeed"))]
    return struct(raw, parts)


@reads(Read(size=36))
def TERMIOS(frame: Frame, raw: int) -> Value:
    return decoded(frame, raw, False)


@reads(Read(size=44))
def TERMIOS2(frame: Frame, raw: int) -> Value:
    return decoded(frame, raw, True)
