"""Signals: sending, masks, actions, waiting for them."""

from typing import Final

from explorer.decode.constants.eventfd import SFD
from explorer.decode.syscall.args.fd import FD
from explorer.decode.syscall.args.flags import Flags
from explorer.decode.syscall.args.number import HEX, PID, SIZE
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.args.siginfo import SIGINFO
from explorer.decode.syscall.args.signal import HANDLER, HOW, MASK, OLD_SET, RETURNED, SIGACTION, SIGNAL, STACK, SignalSet
from explorer.decode.syscall.args.time import TIMESPEC, TIMESPEC64
from explorer.decode.syscall.call import Signature, row

SET = SignalSet("sigsetsize")
SFDS = Flags(SFD, "SFD")

ROWS: Final[dict[str, Signature]] = {
    "kill": row("send a signal to a process", pid=PID, sig=SIGNAL),
    "tkill": row("send a signal to a thread", tid=PID, sig=SIGNAL),
    "tgkill": row("send a signal to a thread", tgid=PID, tid=PID, sig=SIGNAL),
    "rt_sigaction": row("say what a signal does", signum=SIGNAL, act=SIGACTION, oldact=Out(SIGACTION), sigsetsize=SIZE),
    "rt_sigprocmask": row("block or unblock signals", how=HOW, set=SET, oldset=Out(SET), sigsetsize=SIZE),
    "rt_sigpending": row("ask which signals wait", set=Out(SET), sigsetsize=SIZE),
    "rt_sigsuspend": row("wait for a signal, with a mask until then", mask=SET, sigsetsize=SIZE),
    "rt_sigtimedwait": row("wait for a blocked signal", RETURNED, set=SET, info=Out(SIGINFO), timeout=TIMESPEC, sigsetsize=SIZE),
    "rt_sigtimedwait_time64": row("wait for a blocked signal", RETURNED, set=SET, info=Out(SIGINFO), timeout=TIMESPEC64, sigsetsize=SIZE),
    "rt_sigqueueinfo": row("send a signal with data", tgid=PID, sig=SIGNAL, info=SIGINFO),
    "rt_tgsigqueueinfo": row("send a signal with data to a thread", tgid=PID, tid=PID, sig=SIGNAL, info=SIGINFO),
    "rt_sigreturn": row("go back from a signal handler"),
    "sigaltstack": row("set the stack for signal handlers", ss=STACK, old_ss=Out(STACK)),
    "pause": row("wait for a signal"),
    "signal": row("say what a signal does", signum=SIGNAL, handler=HANDLER),
    "sigsuspend": row("wait for a signal, with a mask until then", mask=MASK),
    "sigprocmask": row("block or unblock signals", how=HOW, set=OLD_SET, oldset=Out(OLD_SET)),
    "sigpending": row("ask which signals wait", set=Out(OLD_SET)),
    "signalfd": row("take signals from a descriptor", FD, fd=FD, mask=SignalSet("sizemask"), sizemask=SIZE),
    "signalfd4": row("take signals from a descriptor", FD, fd=FD, mask=SignalSet("sizemask"), sizemask=SIZE, flags=SFDS),
    "pidfd_send_signal": row("send a signal through a process descriptor", pidfd=FD, sig=SIGNAL, info=SIGINFO, flags=HEX),
}
