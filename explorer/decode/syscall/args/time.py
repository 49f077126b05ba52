"""Times as structures: timespec, timeval, itimerspec, rusage; milliseconds."""

from explorer.decode.constants.clocks import NAMES as CLOCKS
from explorer.decode.constants.misc_calls import TIMERS
from explorer.decode.syscall.args.flags import Choice
from explorer.decode.syscall.args.number import LOFF, LONG
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.args.struct import Member, Struct
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import CUT_SHORT, Reads, late, reads
from explorer.decode.syscall.value import address, array, signed, struct
from explorer.model.trace import Value

TIMESPEC = Struct(Member("tv_sec", "l", LONG), Member("tv_nsec", "l", LONG))
TIMESPEC64 = Struct(Member("tv_sec", "q", LOFF), Member("tv_nsec", "q", LOFF))
TIMEVAL = Struct(Member("tv_sec", "l", LONG), Member("tv_usec", "l", LONG))
TIMEZONE = Struct(Member("tz_minuteswest", "i", LONG), Member("tz_dsttime", "i", LONG))
_UTIMBUF = Struct(Member("actime", "l", LONG), Member("modtime", "l", LONG))
TMS = Struct(*(Member(name, "l", LONG) for name in ("tms_utime", "tms_stime", "tms_cutime", "tms_cstime")))


def moment(seconds: int, fraction: str = "") -> str:
    """2026-11-25T14:22:07.000005+0000, local time as strace has it; "" where no calendar goes that far."""
    from datetime import UTC, datetime  # loaded only where a date is written

    try:
        when = datetime.fromtimestamp(seconds, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return ""
    return when.strftime("%Y-%m-%dT%H:%M:%S") + (f".{fraction}" if fraction else "") + when.strftime("%z")


def dated(value: Value, digits: int) -> Value:
    """A point in time with its date beside it: {tv_sec=1, tv_nsec=0} /* 1970-01-01T00:00:01+0000 */."""
    if value.kind != "struct":
        return value
    seconds, fraction = (part.raw for _, part in value.parts)
    seconds = signed(seconds, 64)
    date = moment(seconds, f"{fraction:0{digits}}" if fraction else "")
    return Value(value.raw, f"{value.text} /* {date} */", value.parts, "struct") if date else value


def TIME_GOT(_frame: Frame, raw: int) -> Value:
    """What time(2) returned."""
    return Value(raw, str(raw), note=moment(signed(raw, 64)))


@reads(_UTIMBUF.reads)
def UTIMBUF(frame: Frame, raw: int) -> Value:
    """struct utimbuf, with dates."""
    value = _UTIMBUF(frame, raw)
    if value.kind != "struct":
        return value
    dates = [(name, Value(part.raw, f"{part.text} /* {moment(signed(part.raw, frame.word * 8))} */")) for name, part in value.parts]
    return struct(raw, dates)


class Spans:
    """Two spans in a structure: {it_interval={…}, it_value={…}}."""

    __slots__ = ("names", "span")

    def __init__(self, span: Struct, names: tuple[str, ...]) -> None:
        self.span = span
        self.names = names

    @property
    def reads(self) -> Reads:
        return self.span.times(len(self.names))

    def __call__(self, frame: Frame, raw: int) -> Value:
        size = self.span.size(frame)
        parts = []
        for index, name in enumerate(self.names):
            value = self.span(frame, raw + index * size) if raw else address(raw)
            if value.kind == "address":
                return address(raw)
            parts.append((name, value))
        return struct(raw, parts)


class Moments:
    """Two points in time, of utimes(2) and its like. digits: of the fraction."""

    __slots__ = ("digits", "span")

    def __init__(self, span: Struct, digits: int) -> None:
        self.span = span
        self.digits = digits

    @property
    def reads(self) -> Reads:
        return self.span.times(2)

    def __call__(self, frame: Frame, raw: int) -> Value:
        size = self.span.size(frame)
        parts = []
        for index in range(2):
            value = self.span(frame, raw + index * size) if raw else address(raw)
            if value.kind == "address":
                return address(raw)
            special = SPECIAL.get(value.parts[1][1].raw) if self.digits == 9 else None
            parts.append(("", Value(value.raw, special, value.parts) if special else dated(value, self.digits)))
        return array(raw, parts)


SPECIAL = {0x3FFFFFFF: "UTIME_NOW", 0x3FFFFFFE: "UTIME_OMIT"}


ITIMERSPEC = Spans(TIMESPEC, ("it_interval", "it_value"))
ITIMERSPEC64 = Spans(TIMESPEC64, ("it_interval", "it_value"))
ITIMERVAL = Spans(TIMEVAL, ("it_interval", "it_value"))
FILE_TIMES = Moments(TIMESPEC, 9)
FILE_TIMES64 = Moments(TIMESPEC64, 9)
TIMEVALS = Moments(TIMEVAL, 6)
ITIMER = Choice(TIMERS, "ITIMER")


def CLOCK(_frame: Frame, raw: int) -> Value:
    """clockid_t: a name, or the CPU clock of a process or thread (linux/posix-timers_types.h: ~pid << 3 | 4 | which)."""
    number = signed(raw)
    if number >= 0:
        name = CLOCKS.get(number)
        return Value(raw, name or f"{number:#x} /* CLOCK_??? */")
    if number & 7 == 3:
        return Value(raw, f"FD_TO_CLOCKID({~(number >> 3)})")
    scope = "MAKE_THREAD_CPUCLOCK" if number & 4 else "MAKE_PROCESS_CPUCLOCK"
    which = ("CPUCLOCK_PROF", "CPUCLOCK_VIRT", "CPUCLOCK_SCHED", "CLOCKFD")[number & 3]
    return Value(raw, f"{scope}({~(number >> 3)}, {which})")


@reads(late(TIMESPEC.reads, CUT_SHORT))
def left(frame: Frame, raw: int) -> Value | None:
    """The rest of a sleep: written only where a signal cut it short."""
    interrupted = frame.result in {-4, -516}
    return Out(TIMESPEC, always=interrupted)(frame, raw) if interrupted else address(raw)


def text_of_span(frame: Frame, raw: int, span: Struct) -> str:
    """A span's text as it is now; "" where it cannot be read. For poll's and select's asides."""
    value = Out(span)(frame, raw)
    return value.text if value is not None and value.kind == "struct" else ""
