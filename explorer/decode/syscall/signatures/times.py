"""Clocks, sleeping and timers."""

from typing import Final

from explorer.decode.constants.eventfd import TFD
from explorer.decode.constants.misc_calls import TIMER_FLAGS
from explorer.decode.syscall.args.address import ADDRESS
from explorer.decode.syscall.args.array import one
from explorer.decode.syscall.args.fd import FD
from explorer.decode.syscall.args.flags import Flags
from explorer.decode.syscall.args.number import INT, LONG, UINT
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.args.sigevent import SIGEVENT
from explorer.decode.syscall.args.time import (
    CLOCK,
    ITIMER,
    ITIMERSPEC,
    ITIMERSPEC64,
    ITIMERVAL,
    TIME_GOT,
    TIMESPEC,
    TIMESPEC64,
    TIMEVAL,
    TIMEZONE,
    TMS,
    left,
)
from explorer.decode.syscall.call import Signature, row

ABSOLUTE = Flags(TIMER_FLAGS, "TIMER")
SETTIME = Flags(TFD, "TFD")

ROWS: Final[dict[str, Signature]] = {
    "nanosleep": row("sleep", req=TIMESPEC, rem=left),
    "clock_nanosleep": row("sleep by a clock", clockid=CLOCK, flags=ABSOLUTE, t=TIMESPEC, remain=left),
    "clock_nanosleep_time64": row("sleep by a clock", clockid=CLOCK, flags=ABSOLUTE, t=TIMESPEC64, remain=ADDRESS),
    "clock_gettime": row("read a clock", clockid=CLOCK, tp=Out(TIMESPEC)),
    "clock_gettime64": row("read a clock", clockid=CLOCK, tp=Out(TIMESPEC64)),
    "clock_settime": row("set a clock", clockid=CLOCK, tp=TIMESPEC),
    "clock_settime64": row("set a clock", clockid=CLOCK, tp=TIMESPEC64),
    "clock_getres": row("ask a clock's resolution", clockid=CLOCK, res=Out(TIMESPEC)),
    "clock_getres_time64": row("ask a clock's resolution", clockid=CLOCK, res=Out(TIMESPEC64)),
    "gettimeofday": row("read the time", tv=Out(TIMEVAL), tz=Out(TIMEZONE)),
    "settimeofday": row("set the time", tv=TIMEVAL, tz=TIMEZONE),
    "time": row("read the time in seconds", TIME_GOT, tloc=Out(one("l", LONG))),
    "getitimer": row("read an interval timer", which=ITIMER, curr_value=Out(ITIMERVAL)),
    "setitimer": row("set an interval timer", which=ITIMER, new_value=ITIMERVAL, old_value=Out(ITIMERVAL)),
    "alarm": row("have SIGALRM sent after so many seconds", seconds=UINT),
    "times": row("read CPU times of the process and its children", buf=Out(TMS)),
    "timer_create": row("make a timer", clockid=CLOCK, sevp=SIGEVENT, timerid=Out(one("i", INT))),
    "timer_settime": row("arm or disarm a timer", timerid=INT, flags=ABSOLUTE, new_value=ITIMERSPEC, old_value=Out(ITIMERSPEC)),
    "timer_settime64": row("arm or disarm a timer", timerid=INT, flags=ABSOLUTE, new_value=ITIMERSPEC64, old_value=Out(ITIMERSPEC64)),
    "timer_gettime": row("read a timer", timerid=INT, curr_value=Out(ITIMERSPEC)),
    "timer_gettime64": row("read a timer", timerid=INT, curr_value=Out(ITIMERSPEC64)),
    "timer_getoverrun": row("how often a timer ran out unseen", timerid=INT),
    "timer_delete": row("delete a timer", timerid=INT),
    "timerfd_create": row("make a timer with a descriptor", FD, clockid=CLOCK, flags=Flags(TFD, "TFD")),
    "timerfd_settime": row("arm or disarm a timer", fd=FD, flags=SETTIME, new_value=ITIMERSPEC, old_value=Out(ITIMERSPEC)),
    "timerfd_settime64": row("arm or disarm a timer", fd=FD, flags=SETTIME, new_value=ITIMERSPEC64, old_value=Out(ITIMERSPEC64)),
    "timerfd_gettime": row("read a timer", fd=FD, curr_value=Out(ITIMERSPEC)),
    "timerfd_gettime64": row("read a timer", fd=FD, curr_value=Out(ITIMERSPEC64)),
}
