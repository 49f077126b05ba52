"""siginfo_t: who or what sent a signal (asm-generic/siginfo.h)."""

from explorer.decode.constants import siginfo as table
from explorer.decode.constants.errno import error_name
from explorer.decode.constants.signals import strace_name
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.flags import choice
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import Read, reads
from explorer.decode.syscall.value import address, signed, struct
from explorer.model.trace import Value

SIZE = 128
CODES = {4: table.ILL, 5: table.TRAP, 7: table.BUS, 8: table.FPE, 11: table.SEGV, 17: table.CLD, 29: table.POLL, 31: table.SYS}
FAULTS = {4, 5, 7, 8, 11}
CHLD, POLL, SYS = 17, 29, 31
SI_TIMER, SI_KERNEL = -2, 0x80


@reads(Read(size=SIZE))
def SIGINFO(frame: Frame, raw: int) -> Value:
    found = memory.block(frame.memory, raw, SIZE)
    if found is None:
        return address(raw)
    return decode(raw, found, frame.word)


def ticks(count: int) -> Value:
    """CPU time in clock ticks of 1/100 s (times(2)), in seconds beside it."""
    return Value(count, f"{count} /* {count / 100:.2f} s */" if count else "0")


def decode(raw: int, found: bytes, word: int = 8) -> Value:
    """From its bytes. Also of SIGCHLD notices that no signal sent (waitid)."""

    def number(offset: int, size: int = 4) -> int:
        return int.from_bytes(found[offset : offset + size], "little", signed=True)

    signo, errno, code = number(0), number(4), number(8)
    base = 16 if word == 8 else 12
    names = table.SI if code in table.SI else CODES.get(signo, table.SI)
    parts = [("si_signo", Value(signo, strace_name(signo), (), "signal"))]
    parts.append(("si_code", Value(code, names[code] if code in names else choice(code & 0xFFFFFFFF, {}, "SI"))))
    if errno:
        parts.append(("si_errno", Value(errno, error_name(errno))))
    if signo == 0:
        return struct(raw, parts) if code else Value(raw, "{}", (), "struct")
    pid, uid = number(base), number(base + 4)
    sender = [("si_pid", Value(pid, str(pid), (), "pid")), ("si_uid", Value(uid, str(uid)))]
    pointer = ("si_addr", address(number(base, word) & ((1 << word * 8) - 1)))
    if code == SI_KERNEL or (code < 0 and code != SI_TIMER) or code == 0:
        if code != SI_KERNEL:
            parts += sender
        elif signo in FAULTS:
            parts.append(pointer)
        if code == -1 and (data := number(base + 8, word)):
            # A union: the low half is its int.
            parts += [("si_int", Value(data, str(signed(data)))), ("si_ptr", address(data & ((1 << word * 8) - 1)))]
    elif code == SI_TIMER:
        parts += [("si_timerid", Value(pid, f"{pid:#x}")), ("si_overrun", Value(uid, str(uid)))]
    elif signo == CHLD:
        status = number(base + 8)
        exited = table.CLD.get(code) == "CLD_EXITED"
        parts += sender
        parts.append(("si_status", Value(status, str(status) if exited else strace_name(status), (), "" if exited else "signal")))
        step = base + (16 if word == 8 else 12)
        parts += [(name, ticks(number(step + index * word, word))) for index, name in enumerate(("si_utime", "si_stime"))]
    elif signo in FAULTS:
        parts.append(pointer)
    elif signo == POLL:
        parts.append(("si_band", Value(0, str(number(base, word)))))
    elif signo == SYS:
        parts.append(("si_call_addr", pointer[1]))
    else:
        parts += sender
    return struct(raw, parts)
