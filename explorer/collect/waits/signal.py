"""A signal: which ones would wake it."""

from explorer.collect.waits.blocked import Blocked, listed
from explorer.decode.proc.status import decode as decode_status
from explorer.model.missing import Missing, Unreadable
from explorer.model.stack import Wait

SUSPENDED = {"rt_sigsuspend", "sigsuspend"}
OF_LIBC = {32, 33}
MOST = 8
TIMED = {"rt_sigtimedwait", "rt_sigtimedwait_time64"}


def find(blocked: Blocked) -> Wait | None:
    """sigsuspend and pause end with a caught signal that is not blocked meanwhile; sigtimedwait with one of its set."""
    if blocked.name in TIMED:
        raw = blocked.glance.memory.read(blocked.args[0], 8)
        if len(raw) < 8:
            return Wait("signal", "waits for a signal")
        due, most = blocked.left(blocked.time_at(blocked.args[2]))
        return Wait("signal", f"waits for a signal: {listed(names(int.from_bytes(raw, 'little')), MOST)}", due=due, due_most=most)
    try:
        status = decode_status(blocked.glance.system.proc.read(blocked.pid, "task", blocked.thread.tid, "status"))
    except Unreadable:
        return Wait("signal", "waits for a signal")
    # What sigsuspend put in force for its time is what status shows.
    caught, held = status.signals.caught, status.signals.blocked
    if isinstance(caught, Missing) or isinstance(held, Missing):
        return Wait("signal", "waits for a signal")
    open_ones = names(caught & ~held)
    if not open_ones:
        return Wait("signal", "waits for a signal, and catches none: only one that ends it will")
    return Wait("signal", f"waits for a signal: it catches {listed(open_ones, MOST)}")


def names(mask: int) -> list[str]:
    """Signals of a mask, without SIG; not the two that belong to the C library (signal(7))."""
    from explorer.decode.constants.signals import signal_name

    return [signal_name(bit + 1).removeprefix("SIG") for bit in range(64) if mask >> bit & 1 and bit + 1 not in OF_LIBC]
