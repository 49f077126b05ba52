"""Times as structures: timespec, timeval, itimerspec, rusage; milliseconds."""

from explorer.decode.constants.clocks import NAMES as CLOCKS
from explorer.decode.constants.misc_calls import TIMERS
from explorer.decode.syscall.args.flags import Choice
from explorer.decode.syscall.args.number import LOFF, LONG
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.args.struct import Member, Struct
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.value import address, array, signed, struct
from explorer.model.trace import Value

TIMESPEC = Struct(Member("tv_sec", "l", LONG), Member("tv_nsec", "l", LONG))
TIMESPEC64 = Struct(Member("tv_sec", "q", LOFF), Member("tv_nsec", "q", LOFF))
TIMEVAL = Struct(Member("tv_sec", "l", LONG), Member("tv_usec", "l", LONG))
TIMEZONE = Struct(Member("tz_minuteswest", "i", LONG), Member("tz_dsttime", "i", LONG))
UTIMBUF = Struct(Member("actime", "l", LONG), Member("modtime", "l", LONG))
TMS = Struct(*(Member(name, "l", LONG) for name in ("tms_utime", "tms_stime", "tms_cutime", "tms_cstime")))


def special(frame: Frame, raw: int) -> Value:
    """tv_nsec of utimensat(2), which has two values of its own."""
    return Value(raw, {0x3FFFFFFF: "UTIME_NOW", 0x3FFFFFFE: "UTIME_OMIT"}.get(raw, str(signed(raw, frame.word * 8))))


class Spans:
    """Two spans in a structure: {it_interval={…}, it_value={…}}; or in a list, of utimes(2)."""

    __slots__ = ("listed", "names", "span")

    def __init__(self, span: Struct, names: tuple[str, ...], *, listed: bool = False) -> None:
        self.span = span
        self.names = names
        self.listed = listed

    def __call__(self, frame: Frame, raw: int) -> Value:
        size = self.span.size(frame)
        parts = []
        for index, name in enumerate(self.names):
            value = self.span(frame, raw + index * size) if raw else address(raw)
            if value.kind == "address":
                return address(raw)
            parts.append((name, value))
        return array(raw, parts) if self.listed else struct(raw, parts)


ITIMERSPEC = Spans(TIMESPEC, ("it_interval", "it_value"))
ITIMERSPEC64 = Spans(TIMESPEC64, ("it_interval", "it_value"))
ITIMERVAL = Spans(TIMEVAL, ("it_interval", "it_value"))
_FILE_TIME = Struct(Member("tv_sec", "l", LONG), Member("tv_nsec", "l", special))
FILE_TIMES = Spans(_FILE_TIME, ("", ""), listed=True)
_FILE_TIME64 = Struct(Member("tv_sec", "q", LOFF), Member("tv_nsec", "q", special))
FILE_TIMES64 = Spans(_FILE_TIME64, ("", ""), listed=True)
TIMEVALS = Spans(TIMEVAL, ("", ""), listed=True)
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


def left(frame: Frame, raw: int) -> Value | None:
    """The rest of a sleep: written only where a signal cut it short."""
    interrupted = frame.result in {-4, -516}
    return Out(TIMESPEC, always=interrupted)(frame, raw) if interrupted else address(raw)


def text_of_span(frame: Frame, raw: int, span: Struct) -> str:
    """A span's text as it is now; "" where it cannot be read. For poll's and select's asides."""
    value = Out(span)(frame, raw)
    return value.text if value is not None and value.kind == "struct" else ""
