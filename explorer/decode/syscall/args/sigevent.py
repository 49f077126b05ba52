"""struct sigevent: how a timer or queue notifies (asm-generic/siginfo.h)."""

from explorer.decode.constants.misc_calls import SIGEV
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.flags import choice
from explorer.decode.syscall.args.signal import SIGNAL
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import Read, reads
from explorer.decode.syscall.value import address, signed, struct
from explorer.model.trace import Value

SIGNAL_BY_THREAD_ID = 4
BY_THREAD = 2


@reads(Read(size=32))
def SIGEVENT(frame: Frame, raw: int) -> Value:
    found = memory.numbers(frame.memory, raw, "QIIi" if frame.word == 8 else "IIIi")
    if found is None:
        return address(raw)
    data, signo, notify, tid = found
    whole = struct(data, [("sival_int", Value(data, str(signed(data)))), ("sival_ptr", address(data))])
    how = Value(notify, choice(notify, SIGEV, "SIGEV"))
    parts = [("sigev_value", whole)] if data else []
    parts += [("sigev_signo", SIGNAL(frame, signo)), ("sigev_notify", how)]
    if notify == SIGNAL_BY_THREAD_ID:
        parts.append(("sigev_notify_thread_id", Value(tid, str(tid), (), "pid")))
    elif notify == BY_THREAD:
        rest = memory.numbers(frame.memory, raw + frame.word + 8, "QQ" if frame.word == 8 else "II")
        if rest is not None:
            parts += [("sigev_notify_function", address(rest[0])), ("sigev_notify_attributes", address(rest[1]))]
    return struct(raw, parts)
